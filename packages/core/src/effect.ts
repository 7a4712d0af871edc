// For users of Effect: ids, jobs and errors as schemas, and the backoff as a schedule.
export * from "./effect/ids.ts";
export * from "./effect/instant.ts";
export * from "./effect/ingest-job.ts";
export * from "./effect/batch-job.ts";
export * from "./effect/error-report.ts";
export * from "./effect/backoff-schedule.ts";
