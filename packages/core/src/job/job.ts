import type { JobId, MemoryId } from "../ids/id.ts";
import type { MemoryType } from "../memory/memory.ts";

/** A memory as a job reports it. */
export interface MemoryReference {
  readonly id: MemoryId;
  readonly type: MemoryType;
  readonly text: string;
}

/** Which extractor read a conversation, and what it left out. */
export interface ExtractorReport {
  /** Such as `offline` or `llm`. */
  readonly name: string;
  /** The model behind it; absent where there is none. */
  readonly model?: string | undefined;
  /** Its prompt with the version, such as `extract-memories-1`; absent where there is none. */
  readonly prompt?: string | undefined;
  /** Why it stood in for the extractor that is configured; absent unless it did. */
  readonly fallbackReason?: string | undefined;
  /** How many messages were not read, or not whole, for want of budget; absent where there is no budget. */
  readonly unreadMessages?: number | undefined;
  /** How many claims were refused because no message bears them out; absent where none could be invented. */
  readonly refusedClaims?: number | undefined;
}

/** What became of what a message says: the first of these that holds for any of it. */
export const messageOutcomes = ["failed", "superseded", "stored", "duplicate", "nothing"] as const;
/** What became of a message: see `MessageReport`. */
export type MessageOutcome = (typeof messageOutcomes)[number];

/** What an ingest job made of one message. */
export interface MessageReport {
  /** Its position in the submitted array. */
  readonly index: number;
  /** The client's own id of the message, its `dia_id`; absent where it has none. */
  readonly id?: string | undefined;
  /**
   * `superseded`: it takes the place of what was remembered; `stored`: it is new; `duplicate`: all that it says was known;
   * `nothing`: it says nothing worth keeping; `failed`: it could not be read.
   */
  readonly outcome: MessageOutcome;
  /** The memories that hold what it says, new or known. */
  readonly memoryIds: readonly MemoryId[];
}

/** What an ingest job did. */
export interface IngestResult {
  readonly created: readonly MemoryReference[];
  readonly updated: readonly MemoryReference[];
  /** The id of each superseded memory, and of the one that took its place. */
  readonly supersededBy: Readonly<Record<MemoryId, MemoryId>>;
  /** Seconds spent in each stage of the pipeline. */
  readonly stageTimings: Readonly<Record<string, number>>;
  /** Absent where a server does not say. */
  readonly extractor?: ExtractorReport | undefined;
  /** A report for each message; absent where a server does not say. */
  readonly messages?: readonly MessageReport[] | undefined;
  /** How often each kind of secret or personal data was replaced in the messages; absent where none was. */
  readonly redactions?: Readonly<Record<string, number>> | undefined;
  /** The requested groups that do not exist or are archived, as they were spelled. */
  readonly ignoredGroupIds: readonly string[];
  /** How many entries the lists lack, because the result would be too large; absent when they are whole. */
  readonly leftOut?: number | undefined;
}

/** Why a job failed, in the words of its dialect. */
export interface JobFailure {
  readonly type: string;
  readonly code: string;
  readonly message: string;
}

/** How long a job can be read. */
export interface Expiry {
  /** When a job that has ended is forgotten; absent while it goes on, and where a server does not say. */
  readonly expiresAt?: Date | undefined;
}

/** A job that turns a conversation into memories. */
export type IngestJob = {
  readonly kind: "ingest";
  readonly id: JobId;
  readonly createdAt: Date;
  /** When it last changed its state. */
  readonly updatedAt: Date;
} & Expiry &
  (
    | { readonly state: "queued" | "active" }
    | { readonly state: "succeeded"; readonly result: IngestResult }
    | { readonly state: "failed"; readonly failure: JobFailure }
  );

/** Why one item of a batch was not imported. */
export interface ItemError {
  /** Its position in the submitted array. */
  readonly index: number;
  readonly error: string;
  /** Why, for a program; absent where a server does not say. */
  readonly code?: string | undefined;
  /** Whether the same item may land when it is sent again; absent where a server does not say. */
  readonly retryable?: boolean | undefined;
  /** The client's own id of the item, its `metadata.id`; absent where it has none. */
  readonly id?: string | undefined;
}

/** How far a batch has come. The three counts hold `imported + failed <= received`. */
export interface BatchProgress {
  readonly received: number;
  readonly imported: number;
  readonly failed: number;
  /** May be shorter than `failed` says: a server may cap it. */
  readonly errors: readonly ItemError[];
}

/** A job that imports a batch of memories as they are. */
export type BatchJob = BatchProgress &
  Expiry & {
    readonly kind: "batch";
    readonly id: JobId;
    readonly state: "queued" | "active" | "succeeded" | "failed";
    /** Why it failed; absent unless it did, and where a server does not say. */
    readonly failure?: JobFailure | undefined;
  };

/** Any job. */
export type Job = IngestJob | BatchJob;
