import type { JobId, MemoryId } from "../ids/id.ts";
import type { MemoryType } from "../memory/memory.ts";

/** A memory as a job reports it. */
export interface MemoryReference {
  readonly id: MemoryId;
  readonly type: MemoryType;
  readonly text: string;
}

/** What an ingest job did. */
export interface IngestResult {
  readonly created: readonly MemoryReference[];
  readonly updated: readonly MemoryReference[];
  /** The id of each superseded memory, and of the one that took its place. */
  readonly supersededBy: Readonly<Record<MemoryId, MemoryId>>;
  /** Seconds spent in each stage of the pipeline. */
  readonly stageTimings: Readonly<Record<string, number>>;
  /** The requested groups that do not exist or are archived, as they were spelled. */
  readonly ignoredGroupIds: readonly string[];
}

/** Why a job failed, in the words of its dialect. */
export interface JobFailure {
  readonly type: string;
  readonly code: string;
  readonly message: string;
}

/** A job that turns a conversation into memories. */
export type IngestJob = {
  readonly kind: "ingest";
  readonly id: JobId;
  readonly createdAt: Date;
  /** When it last changed its state. */
  readonly updatedAt: Date;
} & (
  | { readonly state: "queued" | "active" }
  | { readonly state: "succeeded"; readonly result: IngestResult }
  | { readonly state: "failed"; readonly failure: JobFailure }
);

/** Why one item of a batch was not imported. */
export interface ItemError {
  /** Its position in the submitted array. */
  readonly index: number;
  readonly error: string;
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
export type BatchJob = BatchProgress & {
  readonly kind: "batch";
  readonly id: JobId;
  readonly state: "queued" | "active" | "succeeded" | "failed";
};

/** Any job. */
export type Job = IngestJob | BatchJob;
