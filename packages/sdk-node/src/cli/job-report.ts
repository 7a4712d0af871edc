import { jobIds, uuidV7TimeMs, type AnyJobWire } from "@memlane/core";
import { learnedOf } from "@memlane/core/internal";
import { count } from "./counts.ts";
import { printable } from "./printable.ts";

/** Describes the state of a job in one line. */
export function describeJob(job: AnyJobWire): string {
  if ("received" in job) {
    const failed = job.failed > 0 ? `, ${job.failed} failed` : "";
    return `${job.status}: ${job.imported} of ${count(job.received, "memory")} imported${failed}${describeRetry(job)}`;
  }
  if (job.error !== null) return `${job.status}: ${printable(job.error.message)}`;
  if (job.result === null) return `${job.status}${describeRetry(job)}`;
  const { memories_created: created, memories_updated: updated } = job.result;
  return `${job.status}: ${count(learnedOf(created).length, "memory")} created, ${updated.length} updated`;
}

/** Why the last run failed and when the next one begins; empty if no failed run is repeated. */
function describeRetry({ attempts = 1, last_error: error, next_attempt_at: nextAt }: AnyJobWire): string {
  if (error === undefined) return "";
  if (nextAt === undefined) return `, run ${attempts} after a failure: ${printable(error)}`;
  return `, run ${attempts} failed: ${printable(error)}; the next is at ${printable(nextAt)}`;
}

/** The result of an ended job, in detail. */
export function describeJobDetails(job: AnyJobWire): string[] {
  if ("received" in job) return job.errors.map(({ index, error }) => `  item ${index}: ${printable(error)}`);
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
export function describeListedJob(job: AnyJobWire): string {
  const kind = "received" in job ? "batch " : "ingest";
  return `${job.id}  ${kind}  ${madeAt(job) ?? "-".padEnd(20)}  ${describeJob(job)}`;
}

/** To the second. A batch has no creation time, but our ids contain it. */
function madeAt(job: AnyJobWire): string | undefined {
  const id = jobIds.parse(job.id);
  const madeMs = "created_at" in job ? Date.parse(job.created_at) : id && uuidV7TimeMs(id);
  if (madeMs === undefined || Number.isNaN(madeMs)) return undefined;
  return `${new Date(madeMs).toISOString().slice(0, 19)}Z`;
}
