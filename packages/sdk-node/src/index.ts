export { MemoryClient } from "./memory-client.ts";
export type { MemoryClientOptions } from "./client-options.ts";
export type { Fetch } from "./transport.ts";

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
