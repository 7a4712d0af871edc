import type { BatchJobWire } from "@memlane/core";
import type { FailureScope, LineError } from "./tally.ts";

/** A failure and the lines that it concerns. */
export interface BatchFailure {
  readonly error: LineError;
  readonly about: FailureScope;
}

/** The failures of a batch that has ended; its n-th memory came from the n-th of `lines`. */
export function batchFailures(job: BatchJobWire, lines: readonly number[]): BatchFailure[] {
  const [firstLine = 0] = lines;
  const failures: BatchFailure[] = job.errors.map(({ index, error, code = null, retryable = null }) => {
    const line = lines[index] ?? firstLine;
    return { error: { line, error, code, retryable, job: job.id }, about: {} };
  });
  // A server may cap its list of errors, and a batch that failed as a whole has no list.
  const count = lines.length - job.imported - failures.length;
  if (count > 0) {
    const listed = new Set(failures.map(({ error }) => error.line));
    const range = `lines ${firstLine} to ${lines.at(-1)}`;
    const reason = job.error === undefined ? "" : `: ${job.error.message}`;
    const error = `${count} more of ${range} not imported, the batch ended as ${job.status}${reason}`;
    const among = lines.filter((line) => !listed.has(line));
    failures.push({
      error: { line: firstLine, error, code: job.error?.code ?? null, retryable: null, job: job.id },
      about: { count, lines: among, outcome: count < among.length ? "unknown" : "failed" },
    });
  }
  return failures;
}
