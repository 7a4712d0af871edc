export { MemoryClient } from "./memory-client.ts";
export type { MemoryClientOptions } from "./client-options.ts";
export type { Fetch } from "./transport.ts";

// What the client takes, gives and throws.
export { MemlaneError } from "@memlane/core";
export type {
  Batches,
  BatchItem,
  BatchJobWire,
  CallOptions,
  Client,
  ErrorCode,
  FieldIssue,
  IngestJobs,
  IngestJobWire,
  IngestMemoryPageWire,
  IngestMemoryWire,
  IngestRequest,
  IngestSearchWire,
  ListQuery,
  Memories,
  PollOptions,
  SearchRequest,
} from "@memlane/core";
