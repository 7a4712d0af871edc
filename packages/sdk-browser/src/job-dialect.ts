import { isTerminal, type JobState, type Vocabulary } from "@memlane/core";
import type { Read } from "./json.ts";

/** The parts of a dialect that a page needs. */
export interface JobDialect<Job> {
  readonly path: string;
  readonly statuses: Vocabulary<JobState>;
  /** Reads a job. @throws TypeError if the value is not a job of this dialect */
  readonly readJob: Read<Job>;
}

/** Whether a job has ended, by its status word. */
export function hasEnded<Job extends { readonly status: string }>(
  { statuses }: JobDialect<Job>,
  { status }: Job,
): boolean {
  const state = statuses.nameOf(status);
  return state !== undefined && isTerminal(state);
}

/** The value as a job of this dialect; undefined if it is not such a job. */
export function jobOrNot<Job>({ readJob }: JobDialect<Job>, json: unknown): Job | undefined {
  try {
    return readJob(json);
  } catch {
    return undefined;
  }
}
