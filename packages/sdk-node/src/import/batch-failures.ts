import type { BatchJobWire } from "@memlane/core";
import type { LineError } from "./tally.ts";

/** A failure and how many memories it stands for. */
export interface BatchFailure {
  readonly error: LineError;
  readonly count: number;
}

/** What went wrong in a batch that has ended, whose n-th memory came from the n-th of `lines`. */
export function batchFailures(job: BatchJobWire, lines: readonly number[]): BatchFailure[] {
  const [firstLine = 0] = lines;
  const failures = job.errors.map(({ index, error }) => ({
    error: { line: lines[index] ?? firstLine, error, job: job.id },
    count: 1,
  }));
  // A server may cap its list of errors, and a batch that failed as a whole has none.
  const unlisted = lines.length - job.imported - failures.length;
  if (unlisted > 0) {
    const range = `lines ${firstLine} to ${lines.at(-1)}`;
    const error = `${unlisted} more of ${range} not imported, the batch ended as ${job.status}`;
    failures.push({ error: { line: firstLine, error, job: job.id }, count: unlisted });
  }
  return failures;
}
