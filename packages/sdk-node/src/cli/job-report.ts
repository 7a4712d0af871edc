import type { BatchJobWire, IngestJobWire } from "@memlane/core";
import { count } from "./counts.ts";
import { printable } from "./printable.ts";

/** Either kind of job, as the wire has it. */
export type AnyJobWire = IngestJobWire | BatchJobWire;

/** Where a job is now, in one line. */
export function describeJob(job: AnyJobWire): string {
  if ("received" in job) {
    const failed = job.failed > 0 ? `, ${job.failed} failed` : "";
    return `${job.status}: ${job.imported} of ${count(job.received, "memory")} imported${failed}`;
  }
  if (job.error !== null) return `${job.status}: ${printable(job.error.message)}`;
  if (job.result === null) return job.status;
  const { memories_created: created, memories_updated: updated } = job.result;
  return `${job.status}: ${count(created.length, "memory")} created, ${updated.length} updated`;
}

/** What came of a job that has ended, in detail. */
export function describeJobDetails(job: AnyJobWire): string[] {
  if ("received" in job) return job.errors.map(({ index, error }) => `  item ${index}: ${printable(error)}`);
  const { memories_created: created = [], memories_updated: updated = [] } = job.result ?? {};
  return [
    ...created.map(({ text }) => `  + ${printable(text)}`),
    ...updated.map(({ text }) => `  ~ ${printable(text)}`),
  ];
}
