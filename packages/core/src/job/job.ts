import type { ItemError } from "../batch/item-error.ts";
import type { JobId } from "../ids/id.ts";
import type { IngestResult } from "../ingest/result-codec.ts";
import type { JobFields } from "./job-fields.ts";

/** Why a job failed. */
export interface JobFailure {
  readonly type: string;
  /** The precise code; only the dialect's own code if the server sends no other. */
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
  /** The user of its conversation; absent after the user was erased, or if the server does not send it. */
  readonly userId?: string | undefined;
} & JobFields &
  (
    | { readonly state: "queued" | "active" }
    | { readonly state: "succeeded"; readonly result: IngestResult }
    | { readonly state: "failed"; readonly failure: JobFailure }
  );

/** The progress of a batch. The three counts satisfy `imported + failed <= received`. */
export interface BatchProgress {
  readonly received: number;
  readonly imported: number;
  readonly failed: number;
  /** May have fewer entries than `failed`, because a server may shorten the list. */
  readonly errors: readonly ItemError[];
}

/** A job that imports a batch of memories unchanged. */
export type BatchJob = BatchProgress &
  JobFields & {
    readonly kind: "batch";
    readonly id: JobId;
    readonly state: "queued" | "active" | "succeeded" | "failed";
    /** Why it failed; absent if it has not failed, or if the server does not send it. */
    readonly failure?: JobFailure | undefined;
  };

/** Any job. */
export type Job = IngestJob | BatchJob;
