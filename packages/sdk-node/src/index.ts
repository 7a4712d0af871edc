export { MemoryClient, type NodeBatches } from "./memory-client.ts";
export type { MemoryClientOptions } from "./client-options.ts";
export type { ClientHooks, Logger, RequestAttempt } from "./hooks.ts";
export type { Fetch } from "./transport.ts";
export type { ImportFileOptions } from "./import/import-file.ts";
export type { ImportLinesOptions, ImportReport } from "./import/import-lines.ts";
export type { ImportSource } from "./import/import-source.ts";
export type { ImportCounts, ImportProgress, LineError, LineOutcome } from "./import/tally.ts";
export type { LineJob } from "./import/follow-job.ts";

// What the client takes, gives and throws.
export { isJobTimeout, MemlaneError } from "@memlane/core";
export type {
  Batches,
  BatchItem,
  BatchJobWire,
  CallOptions,
  CallPromise,
  Client,
  CreateAndWaitOptions,
  CreateOptions,
  ErrorCode,
  FieldIssue,
  IngestJobs,
  IngestJobWire,
  IngestMemoryPageWire,
  IngestMemoryWire,
  IngestRequest,
  IngestSearchWire,
  JobCalls,
  JobTimeout,
  ListQuery,
  Memories,
  PollOptions,
  ResponseHead,
  SearchRequest,
  WatchOptions,
} from "@memlane/core";
