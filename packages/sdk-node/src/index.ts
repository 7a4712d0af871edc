export { MemoryClient, type NodeBatches } from "./memory-client.ts";
export type { MemoryClientOptions } from "./client-options.ts";
export type { ClientHooks, Logger, RequestAttempt } from "./hooks.ts";
export type { Fetch } from "./transport.ts";
export type { ImportFileOptions } from "./import/import-file.ts";
export type { ImportLinesOptions, ImportReport } from "./import/import-lines.ts";
export type { ImportSource } from "./import/import-source.ts";
export type { ImportCounts, ImportProgress, LineError, LineOutcome } from "./import/tally.ts";
export type { LineJob } from "./import/follow-job.ts";
export { verifyWebhook, type VerifyWebhookOptions, type WebhookEvent } from "./webhook/verify-webhook.ts";
export { WebhookVerificationError, type WebhookRefusal } from "./webhook/webhook-verification-error.ts";
export type { HeaderReader, WebhookHeaders } from "./webhook/webhook-headers.ts";

// Types of arguments, results and errors of the client.
export { isJobTimeout, MemlaneError } from "@memlane/core";
export type {
  AnyJobWire,
  Batches,
  BatchDeletionWire,
  BatchItem,
  BatchJobWire,
  BatchMemoryWire,
  BatchMemoryWithFactsWire,
  CallOptions,
  CallPromise,
  Client,
  ContextCalls,
  ContextQuery,
  ContextWire,
  CreateAndWaitOptions,
  CreateOptions,
  ErrorCode,
  EventListQuery,
  EventListWire,
  Events,
  FactListQuery,
  FactPageWire,
  FactPatch,
  FactRequest,
  Facts,
  FactWire,
  FieldIssue,
  ForgottenFactWire,
  GroupChangeRequest,
  GroupCreateRequest,
  Groups,
  GroupUpdateRequest,
  GroupWire,
  IngestJobs,
  IngestJobWire,
  IngestMemoryPageWire,
  IngestMemoryWire,
  IngestRequest,
  IngestResultWire,
  IngestSearchWire,
  ItemErrorWire,
  JobCalls,
  JobListQuery,
  JobPageWire,
  Jobs,
  JobTimeout,
  LearningEventWire,
  ListQuery,
  Memories,
  MemoryHistoryWire,
  MemoryPatch,
  PollOptions,
  ProfileQuery,
  ProfileWire,
  ReadUsage,
  ResponseHead,
  SearchRequest,
  TriggerRequest,
  UsageQuery,
  UsageWire,
  WatchOptions,
  WrittenFactWire,
} from "@memlane/core";
