import {
  batchStatuses,
  ingestStatuses,
  isTerminal,
  type BatchJobWire,
  type IngestJobWire,
  type JobState,
  type Vocabulary,
} from "@memlane/core";
import { readBatchJob } from "./batch-job.ts";
import { readIngestJob } from "./ingest-job.ts";

/** Each dialect's type of a job. */
export interface JobWires {
  readonly ingest: IngestJobWire;
  readonly batch: BatchJobWire;
}

/** The API that created the job: `ingest` for a conversation, `batch` for a batch. */
export type DialectName = keyof JobWires;

/** The parts of a dialect that a page needs. */
export interface JobDialect<Job> {
  readonly path: string;
  readonly statuses: Vocabulary<JobState>;
  /** @throws TypeError if the value is not a job of this dialect */
  readonly parse: (json: unknown) => Job;
}

/** The dialects. */
export const jobDialects: { readonly [Name in DialectName]: JobDialect<JobWires[Name]> } = {
  ingest: { path: "/v1/memories/jobs", statuses: ingestStatuses, parse: readIngestJob },
  batch: { path: "/v1/batch", statuses: batchStatuses, parse: readBatchJob },
};

/** Whether a job has ended, by its status word. */
export function hasEnded<Job extends { readonly status: string }>(
  { statuses }: JobDialect<Job>,
  { status }: Job,
): boolean {
  const state = statuses.nameOf(status);
  return state !== undefined && isTerminal(state);
}

/** The value as a job of this dialect; undefined if it is not such a job. */
export function jobOrNot<Job>({ parse }: JobDialect<Job>, json: unknown): Job | undefined {
  try {
    return parse(json);
  } catch {
    return undefined;
  }
}
