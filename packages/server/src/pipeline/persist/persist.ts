import type { JobId, MemoryId, MemoryReference } from "@memlane/core";
import { maximumGroupsOfMemory } from "@memlane/core/internal";
import type { Sql } from "../../database/database.ts";
import {
  linkSuccessors,
  repeatMemories,
  retireMemories,
  type Repetition,
  type Retirement,
  type Succession,
} from "../../store/fact-history.ts";
import { lockKnownFacts, type FactReach, type ReachedFacts } from "../../store/known-facts.ts";
import type { NewMemory } from "../../store/memory-columns.ts";
import { addTags, type AddedTags } from "../../store/tags.ts";
import type { Decision } from "../reconcile/reconcile.ts";
import { momentOf, type Statement } from "../statement/statement.ts";

/** Where the memories of a conversation belong. */
export interface MemoryOwner {
  readonly orgId: string;
  /** The ingest job; null if the memories are mined from verbatim memories. */
  readonly jobId: JobId | null;
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly appId: string | null;
  readonly conversationId: string | null;
  readonly runId?: string | null;
  /** Where its lessons apply; null everywhere. @default null */
  readonly namespace?: string | null;
}

/**
 * Stores memories in the transaction of `sql`: all or none, because otherwise a fact could be retired without its successor. Throws
 * the refusal if the organisation may not store all of them.
 */
export type InsertMemories = (sql: Sql, memories: readonly NewMemory[]) => Promise<void>;

/** The columns of each memory of an owner. */
export function columnsOfOwner(owner: Omit<MemoryOwner, "orgId">) {
  return {
    user_id: owner.userId,
    agent_id: owner.agentId,
    app_id: owner.appId,
    conversation_id: owner.conversationId,
    run_id: owner.runId ?? null,
    job_id: owner.jobId,
  } satisfies Partial<NewMemory>;
}

/** What to store, and which facts the decisions were made from. */
export interface PersistPlan {
  readonly owner: MemoryOwner;
  readonly decisions: readonly Decision[];
  /** When the statements without a date were said. */
  readonly arrivedAt: Date;
  readonly reach: FactReach;
  readonly known: ReachedFacts;
  readonly insertMemories: InsertMemories;
}

/** What was stored. */
export interface Persisted {
  readonly created: readonly MemoryReference[];
  /** Each retired memory, with the memory that replaces it. */
  readonly supersededBy: Readonly<Record<string, MemoryId>>;
}

/**
 * Stores what was decided, in the transaction of `sql`. Undefined, with nothing stored, if the user's facts have changed since
 * the decisions.
 */
export async function persist(
  sql: Sql,
  { owner, decisions, arrivedAt, reach, known, insertMemories }: PersistPlan,
): Promise<Persisted | undefined> {
  if (decisions.length > 0 && !(await lockKnownFacts(sql, owner.orgId, owner.userId, reach, known)))
    return undefined;
  const { created, retired, repeated, tagged, successions } = planWrites(decisions, owner, arrivedAt);
  // Retire before inserting: a slot has at most one active fact at any time.
  await retireMemories(sql, owner.orgId, [...retired.values()]);
  await insertMemories(sql, created);
  await repeatMemories(sql, owner.orgId, repeated);
  await addTags(sql, owner.orgId, tagged, maximumGroupsOfMemory);
  await linkSuccessors(sql, owner.orgId, [...successions.values()]);
  return {
    created: created.map(({ id, type, text }) => ({ id, type, text })),
    supersededBy: Object.fromEntries([...retired.values()].map((old) => [old.id, old.superseded_by])),
  };
}

/** What the decisions change. */
interface Writes {
  readonly created: readonly (NewMemory & MemoryReference)[];
  /** By the id of the memory, which may be among the created ones. */
  readonly retired: ReadonlyMap<MemoryId, Retirement>;
  readonly repeated: readonly Repetition[];
  /** Groups that may see memories that were said again. */
  readonly tagged: readonly AddedTags[];
  /** By the id of the stored memory that replaces a new memory, which was said before it. */
  readonly successions: ReadonlyMap<MemoryId, Succession>;
}

/** Turns the decisions into rows to write. */
export function planWrites(
  decisions: readonly Decision[],
  owner: Omit<MemoryOwner, "orgId">,
  arrivedAt: Date,
): Writes {
  const retired = new Map<MemoryId, Retirement>();
  const created: (NewMemory & MemoryReference)[] = [];
  const repeated: Repetition[] = [];
  const tagged: AddedTags[] = [];
  const successions = new Map<MemoryId, Succession>();
  const retire = (id: MemoryId, by: MemoryId, at: Date, isRetracted: boolean) =>
    retired.set(id, {
      id,
      status: isRetracted ? "retracted" : "superseded",
      superseded_by: by,
      invalid_at: at.toISOString(),
    });
  for (const decision of decisions) {
    if (decision.type === "outdated" || decision.type === "unneeded") continue;
    const { statement } = decision;
    const id = decision.type === "duplicate" ? decision.of : decision.id;
    const saidAt = momentOf(statement, arrivedAt);
    const superseded = decision.type === "create" ? [] : decision.supersedes;
    for (const old of superseded) retire(old, id, saidAt, statement.retracts);
    if (decision.type === "duplicate") {
      repeated.push({ id, said_at: saidAt.toISOString(), is_dated: statement.saidAt !== null });
      if (statement.groupIds !== undefined) tagged.push({ id, group_ids: statement.groupIds });
      continue;
    }
    if (decision.type === "late") {
      const { supersededBy, invalidAt, isRetracted } = decision;
      retire(id, supersededBy, invalidAt, isRetracted);
      const before = successions.get(supersededBy);
      const instead_of = [
        ...superseded,
        ...(before === undefined ? [] : [before.supersedes, ...before.instead_of]),
      ];
      successions.set(supersededBy, { id: supersededBy, supersedes: id, instead_of });
    }
    created.push(newMemoryOf(owner, { id, statement, saidAt, supersedes: superseded[0] ?? null }));
  }
  const stored = created.map((memory) => ({ ...memory, ...retired.get(memory.id) }));
  return { created: stored, retired, repeated, tagged, successions };
}

/** The confidence of facts that were extracted from a text. */
const extractedConfidence = 0.9;

interface NewFact {
  readonly id: MemoryId;
  readonly statement: Statement;
  readonly saidAt: Date;
  readonly supersedes: MemoryId | null;
}

function newMemoryOf(
  owner: Omit<MemoryOwner, "orgId">,
  { id, statement, saidAt, supersedes }: NewFact,
): NewMemory & MemoryReference {
  return {
    id,
    type: "fact",
    text: statement.datedText,
    ...columnsOfOwner(owner),
    group_ids: statement.groupIds,
    fact_type: statement.factType,
    slot: statement.slot,
    fingerprint: statement.fingerprint,
    supersedes,
    source_role: statement.sourceRole,
    source_event_ids: statement.sourceEventIds,
    occurred_at: statement.saidAt?.toISOString() ?? null,
    last_said_at: saidAt.toISOString(),
    valid_from: (statement.validFrom ?? saidAt).toISOString(),
    tense: statement.tense,
    triple: statement.triple,
    confidence: statement.confidence ?? extractedConfidence,
  };
}
