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

/** How each dialect writes a job. */
export interface JobWires {
  readonly ingest: IngestJobWire;
  readonly batch: BatchJobWire;
}

/** The API that a job was made with: `ingest` for a conversation, `batch` for a batch. */
export type DialectName = keyof JobWires;

/** What a page has to know of a dialect. */
export interface JobDialect<Job> {
  readonly path: string;
  readonly statuses: Vocabulary<JobState>;
  /** @throws TypeError for what is no job of this dialect */
  readonly parse: (json: unknown) => Job;
}

/** The dialects. */
export const jobDialects: { readonly [Name in DialectName]: JobDialect<JobWires[Name]> } = {
  ingest: { path: "/v1/memories/jobs", statuses: ingestStatuses, parse: readIngestJob },
  batch: { path: "/v1/batch", statuses: batchStatuses, parse: readBatchJob },
};

/** Whether a job has ended, by its dialect's own word. */
export function hasEnded<Job extends { readonly status: string }>(
  { statuses }: JobDialect<Job>,
  { status }: Job,
): boolean {
  const state = statuses.nameOf(status);
  return state !== undefined && isTerminal(state);
}

/** The job that was told; undefined for anything that is none of this dialect. */
export function jobOrNot<Job>({ parse }: JobDialect<Job>, json: unknown): Job | undefined {
  try {
    return parse(json);
  } catch {
    return undefined;
  }
}
