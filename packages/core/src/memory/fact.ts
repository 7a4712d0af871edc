import type { FactId, MemoryId } from "../ids/id.ts";
import type { Tense } from "./memory.ts";

/** The kinds of predicates. */
export const predicateFamilies = [
  "identity",
  "location",
  "employment",
  "education",
  "relationship",
  "health",
  "preference",
  "possession",
  "activity",
] as const;
/** The kind of a predicate. */
export type PredicateFamily = (typeof predicateFamilies)[number];

/** The subject and the subject type of a fact about the user. */
export const selfName = "self" as const;

/** The predicate of a new name: "Acme is now called Globex". */
export const renaming = "is now called" as const;

/** Who does what to what: `self`, `works at`, `Acme`. */
export interface Triple {
  readonly subject: string;
  readonly predicate: string;
  readonly object: string;
  /** The predicate in the words in which it was said, such as `works for`. */
  readonly predicateRaw: string;
  readonly predicateFamily: PredicateFamily;
  /** `self` for the user, else a word such as `person` or `unknown`. */
  readonly subjectType: string;
  /** Whether the object is a value or a phrase, and not the name of something. */
  readonly objectIsLiteral: boolean;
  /** The forms that filters compare: without case, articles and extra spaces. */
  readonly subjectCanonical: string;
  readonly objectCanonical: string;
}

/** A memory of type `fact`, as the batch dialect shows it. */
export interface Fact extends Triple {
  readonly id: FactId;
  /** The name that the subject has now, if it has another than when the fact was stated. Else the subject. */
  readonly subjectNow: string;
  readonly objectNow: string;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly validFrom: Date;
  /** When it stopped being true; null while it is active. */
  readonly invalidAt: Date | null;
  /** The fact that replaced it. */
  readonly invalidatedBy: FactId | null;
  /** The memories and messages that state it, oldest first. */
  readonly sourceMemoryIds: readonly MemoryId[];
  readonly createdAt: Date;
  readonly tense: Tense;
  /** How often it was stated. */
  readonly observationCount: number;
  readonly lastConfirmedAt: Date;
}
