import * as z from "zod/mini";
import { textOrNull as text, textsOrNone } from "../dialect/answer-fields.ts";
import { openWord } from "../dialect/open-word.ts";
import { factIds, memoryIds } from "../ids/id.ts";
import type { Fact } from "../memory/fact.ts";
import { tenses } from "../memory/memory.ts";

/** A fact: who does what to what, and when that was true. */
export const factWire = z.object({
  id: z.string(),
  /** `self` for the user. */
  subject: z.string(),
  /** Such as `works at`. */
  predicate: z.string(),
  object: z.string(),
  predicate_family: text,
  /** The predicate in the words in which it was said. */
  predicate_raw: text,
  /** `self` for the user, else a word such as `person` or `unknown`. */
  subject_type: text,
  object_is_literal: z._default(z.boolean(), false),
  /** From 0 to 1. */
  confidence: z.number(),
  user_id: text,
  agent_id: text,
  /** When it became true, in ISO 8601, like the other times. */
  valid_from: text,
  /** When it stopped being true; null while it is active. */
  invalid_at: text,
  /** The fact that replaced it. */
  invalidated_by: text,
  /** The first of `source_memory_ids`. */
  source_memory_id: text,
  /** The memories that state it; our server names the oldest 100. */
  source_memory_ids: textsOrNone,
  created_at: z.string(),
  tense: z._default(openWord(tenses), "current"),
  /** How often it was stated. */
  observation_count: z._default(z.int(), 1),
  last_confirmed_at: text,
  /** The name that the subject has now: after "Acme is now called Globex", it is `Globex` for `Acme`. */
  subject_canonical: text,
  object_canonical: text,
});
/** A fact in the wire format of the batch dialect. */
export interface FactWire extends z.output<typeof factWire> {}

/** Prints a fact. */
export function printFact(fact: Fact): FactWire {
  const sources = fact.sourceMemoryIds.map(memoryIds.print);
  return {
    id: factIds.print(fact.id),
    subject: fact.subject,
    predicate: fact.predicate,
    object: fact.object,
    predicate_family: fact.predicateFamily,
    predicate_raw: fact.predicateRaw,
    subject_type: fact.subjectType,
    object_is_literal: fact.objectIsLiteral,
    confidence: fact.confidence,
    user_id: fact.userId,
    agent_id: fact.agentId,
    valid_from: fact.validFrom.toISOString(),
    invalid_at: fact.invalidAt?.toISOString() ?? null,
    invalidated_by: fact.invalidatedBy === null ? null : factIds.print(fact.invalidatedBy),
    source_memory_id: sources[0] ?? null,
    source_memory_ids: sources,
    created_at: fact.createdAt.toISOString(),
    tense: fact.tense,
    observation_count: fact.observationCount,
    last_confirmed_at: fact.lastConfirmedAt.toISOString(),
    subject_canonical: fact.subjectNow,
    object_canonical: fact.objectNow,
  };
}

/** A fact that was written, and the facts that it replaced. */
export const writtenFactWire = z.extend(factWire, {
  /** The ids of the facts that it replaced. */
  invalidated: textsOrNone,
});
/** A written fact in the wire format of the batch dialect. */
export interface WrittenFactWire extends z.output<typeof writtenFactWire> {}

/** A page of facts, newest first. */
export const factPageWire = z.object({ facts: z.array(factWire), total: z.int() });
/** A page of facts in the wire format of the batch dialect. */
export interface FactPageWire extends z.output<typeof factPageWire> {}

/** The answer to forgetting a fact. */
export const forgottenFactWire = z.object({
  id: z.string(),
  status: openWord(["forgotten", "already_forgotten"]),
  /** When the fact stopped being true. */
  invalid_at: text,
  /** The event in the audit log; null if the server does not send it. */
  audit_id: text,
});
/** A forgotten fact in the wire format of the batch dialect. */
export interface ForgottenFactWire extends z.output<typeof forgottenFactWire> {}
