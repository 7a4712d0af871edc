import type { BatchJobWire } from "@memlane/core";
import type { FailureScope, LineError } from "./tally.ts";

/** A failure, and the lines that failed. */
export interface BatchFailure {
  readonly error: LineError;
  readonly scope: FailureScope;
}

/** The failures of a batch that has ended; `lines` has the line number of each of its memories, in order. */
export function batchFailures(job: BatchJobWire, lines: readonly number[]): BatchFailure[] {
  const [firstLine = 0] = lines;
  const failures: BatchFailure[] = job.errors.map(({ index, error, code = null, retryable = null }) => {
    const line = lines[index] ?? firstLine;
    return { error: { line, error, code, retryable, job: job.id }, scope: {} };
  });
  // A server may cap its list of errors, and a batch that failed as a whole has no list.
  const count = lines.length - job.imported - failures.length;
  if (count > 0) {
    const listed = new Set(failures.map(({ error }) => error.line));
    const range = `lines ${firstLine} to ${lines.at(-1)}`;
    const reason = job.error === undefined ? "" : `: ${job.error.message}`;
    const error = `${count} more of ${range} were not imported, because the batch ended as ${job.status}${reason}`;
    const unlisted = lines.filter((line) => !listed.has(line));
    failures.push({
      error: { line: firstLine, error, code: job.error?.code ?? null, retryable: null, job: job.id },
      scope: { count, lines: unlisted, outcome: count < unlisted.length ? "unknown" : "failed" },
    });
  }
  return failures;
}
