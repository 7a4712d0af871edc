import { acceptedAt, learnedOf, type JobView } from "@memlane/core/internal";
import { count } from "./counts.ts";
import { printable } from "./printable.ts";

/** Describes the state of a job in one line. */
export function describeJob(job: JobView): string {
  if (job.kind === "batch") {
    const failed = job.failed > 0 ? `, ${job.failed} failed` : "";
    return `${job.status}: ${job.imported} of ${count(job.received, "memory")} imported${failed}${describeRetry(job)}`;
  }
  if (job.failure !== undefined) return `${job.status}: ${printable(job.failure.message)}`;
  if (job.result === null) return `${job.status}${describeRetry(job)}`;
  const { memories_created: created, memories_updated: updated } = job.result;
  return `${job.status}: ${count(learnedOf(created).length, "memory")} created, ${updated.length} updated`;
}

/** Why the last attempt failed and when the next one begins; empty if no attempt has failed or the job has ended. */
function describeRetry({ attempts = 1, last_error: error, next_attempt_at: nextAt }: JobView): string {
  if (error === undefined) return "";
  if (nextAt === undefined) return `, attempt ${attempts} after a failure: ${printable(error)}`;
  return `, attempt ${attempts} failed: ${printable(error)}; the next is at ${printable(nextAt)}`;
}

/** The result of an ended job, in detail. */
export function describeJobDetails(job: JobView): string[] {
  if (job.kind === "batch")
    return job.errors.map(({ index, error }) => `  item ${index}: ${printable(error)}`);
  const {
    memories_created: created = [],
    memories_updated: updated = [],
    left_out: leftOut,
  } = job.result ?? {};
  return [
    ...learnedOf(created).map(({ text }) => `  + ${printable(text)}`),
    ...updated.map(({ text }) => `  ~ ${printable(text)}`),
    ...(leftOut === undefined ? [] : [`  … and ${leftOut} more, which the server left out of its answer`]),
  ];
}

/** A job in a list: its id, kind, creation time and state. */
export function describeListedJob(job: JobView): string {
  return `${job.id}  ${job.kind.padEnd(6)}  ${secondOf(acceptedAt(job)) ?? "-".padEnd(20)}  ${describeJob(job)}`;
}

/** A time to the second; undefined if it is no time. */
function secondOf(at: string | undefined): string | undefined {
  const atMs = at === undefined ? Number.NaN : Date.parse(at);
  return Number.isNaN(atMs) ? undefined : `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}
