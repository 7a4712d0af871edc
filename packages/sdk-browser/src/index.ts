export { watchJob } from "./watch-job.ts";
export type { JobWatch, WatchJobOptions } from "./watch-job.ts";
export type { JobSnapshot } from "./job-snapshot.ts";
export type { DialectName } from "./dialects.ts";
export type { Store } from "./store.ts";
export type { Fetch } from "./send.ts";

// The types of a snapshot's contents.
export { MemlaneError } from "@memlane/core";
export type { BatchJobWire, ErrorCode, IngestJobWire } from "@memlane/core";
