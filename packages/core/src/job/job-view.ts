// A job of any dialect in the same words, for programs that show jobs. The file `job-view.ts` of a dialect makes it from
// the dialect's wire format.
import type { BatchJobWire } from "../batch/job.ts";
import type { IngestJobWire } from "../ingest/job.ts";
import type { jobFieldsWire } from "./job-fields.ts";
import type { JobState } from "./job-machine.ts";
import type { JobFailure } from "./job.ts";

interface SharedView<DialectName extends string> extends Pick<
  IngestJobWire,
  "id" | keyof ReturnType<typeof jobFieldsWire>
> {
  readonly dialect: DialectName;
  /** The word of its dialect for its state. */
  readonly status: string;
  /** The state that the word means; undefined for an unknown word. */
  readonly state: JobState | undefined;
  /** Why it failed; undefined if it did not fail. */
  readonly failure: JobFailure | undefined;
  /** When it was accepted, in ISO 8601; absent if the dialect has no such field. */
  readonly created_at?: string | undefined;
}

/** A job that turns a conversation into memories. Its result has the words of the ingest dialect. */
export interface IngestJobView<DialectName extends string = string>
  extends SharedView<DialectName>, Pick<IngestJobWire, "result" | "user_id"> {
  readonly kind: "ingest";
}

/** A job that stores finished memories. Its progress has the words of the batch dialect. */
export interface BatchJobView<DialectName extends string = string>
  extends SharedView<DialectName>, Pick<BatchJobWire, "received" | "imported" | "failed" | "errors"> {
  readonly kind: "batch";
}

/** A job of any dialect, as programs show it. */
export type JobView<DialectName extends string = string> =
  | IngestJobView<DialectName>
  | BatchJobView<DialectName>;
