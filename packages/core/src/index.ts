// The public names: to watch jobs, to read either dialect, or to build a client on another runtime.
// Every name here is public API, recorded in `etc/index.api.md`. Names that only our own packages
// use are in `internal.ts`.

// The job machine: its states, and the moves that are legal.
export {
  isTerminal,
  jobEvents,
  jobMoves,
  jobStates,
  moveJob,
  tryMoveJob,
  type JobEvent,
  type JobState,
  type LegalEvent,
  type TerminalState,
} from "./job/job-machine.ts";

// Jobs and their results as values: what a dialect's codec reads.
export type { BatchJob, BatchProgress, IngestJob, Job, JobFailure } from "./job/job.ts";
export type { JobFields } from "./job/job-fields.ts";
export type {
  ExtractorReport,
  IngestResult,
  MemoryReference,
  MessageOutcome,
  MessageReport,
} from "./ingest/result.ts";
export type { ItemError } from "./batch/item-error.ts";
export type { MemoryType } from "./memory/memory.ts";

// Ids: UUIDs that are printed with a prefix for their kind, and that contain their creation time.
export {
  deliveryIds,
  factIds,
  groupIds,
  jobIds,
  memoryIds,
  webhookIds,
  type DeliveryId,
  type FactId,
  type GroupId,
  type IdCodec,
  type JobId,
  type MemoryId,
  type WebhookId,
} from "./ids/id.ts";
export type { Uuid } from "./ids/uuid.ts";
export { uuidV7TimeMs } from "./ids/uuid-v7.ts";

// Errors: one class, and one table that says what each code implies.
export {
  errorTable,
  type ErrorCode,
  type ErrorRow,
  type ErrorType,
  type ServerErrorCode,
} from "./errors/error-table.ts";
export type { ErrorReport, FieldIssue } from "./errors/error-report.ts";
export type { Quota } from "./errors/quota.ts";
export { MemlaneError, type MemlaneErrorOptions } from "./errors/memlane-error.ts";
export { isJobTimeout, type JobTimeout } from "./client/job-timeout.ts";

// Polling: total functions that decide when to poll again and when to give up. The caller fetches
// and sleeps.
export { backoffMs, type BackoffPolicy } from "./poll/backoff.ts";
export {
  defaultPollPolicy,
  pollStep,
  startPoll,
  type PollAction,
  type PollEvent,
  type PollPolicy,
  type PollState,
} from "./poll/poll.ts";

// Dialects: the words and the codecs of a wire.
export type { Dialect } from "./dialect/dialect.ts";
export { createVocabulary, type Vocabulary } from "./dialect/vocabulary.ts";
export { batchDialect } from "./batch/dialect.ts";
export { batchStatuses, type BatchStatus } from "./batch/status.ts";
export { ingestDialect } from "./ingest/dialect.ts";
export { ingestStatuses, type IngestStatus } from "./ingest/status.ts";

// The wire: the requests of a client, and the answers and events of any server of a dialect.
export type { BatchItem, MemoryPatch, WrittenListQuery, WrittenSearchRequest } from "./batch/requests.ts";
export type { ContextQuery, ContextWire } from "./batch/context.ts";
export type { EventListQuery, EventListWire } from "./batch/events.ts";
export type { FactPageWire, FactWire, ForgottenFactWire, WrittenFactWire } from "./batch/fact.ts";
export type { FactListQuery, FactPatch, FactRequest } from "./batch/fact-requests.ts";
export type { ItemErrorWire } from "./batch/item-error.ts";
export type { ProfileQuery, ProfileWire } from "./batch/profile.ts";
export { batchJobWire, type BatchJobWire } from "./batch/job.ts";
export type { AgentListQuery, AgentPageWire, AgentWire } from "./batch/owners.ts";
export type { UserListQuery, UserPageWire, UserWire } from "./batch/owners.ts";
export type { AgentErasureWire, UserErasureWire } from "./batch/erasure.ts";
export type { AuditEventWire, AuditPageWire, AuditQuery } from "./batch/audit.ts";
export type { PingWire } from "./batch/account.ts";
export type { ExportLineWire } from "./export/export.ts";
export type {
  BatchDeletionWire,
  BatchMemoryWire,
  BatchMemoryWithFactsWire,
  BatchSearchWire,
  MemoryHistoryWire,
} from "./batch/memory.ts";
export type {
  GroupChangeRequest,
  GroupCreateRequest,
  GroupStatus,
  GroupUpdateRequest,
  GroupWire,
} from "./ingest/group.ts";
export type { UsageQuery, UsageWire } from "./ingest/usage.ts";
export type { IngestRequest, ListQuery, SearchRequest } from "./ingest/requests.ts";
export type { IngestFailureWire } from "./ingest/failure.ts";
export type { TriggerRequest } from "./ingest/trigger.ts";
export { ingestJobWire, type IngestJobWire, type IngestResultWire } from "./ingest/job.ts";
export type { JobListQuery, JobPageWire } from "./job/job-list.ts";
export type { CreatedBatchJobWire, CreatedIngestJobWire, JobTokenWire } from "./ingest/job-token.ts";
export type { IngestMemoryPageWire, IngestMemoryWire, IngestSearchWire } from "./ingest/memory.ts";
export {
  learningEventWire,
  type LearningCompletedWire,
  type LearningEventWire,
  type LearningFailedWire,
} from "./ingest/learning-event.ts";
export { batchEventWire, type BatchEventWire } from "./batch/batch-event.ts";
export {
  testEventWire,
  webhookEventWire,
  type TestEventWire,
  type WebhookEventWire,
} from "./webhook/webhook-event.ts";
export type { DeliveryListQuery, DeliveryWire } from "./webhook/delivery.ts";
export type { WebhookPatch, WebhookRequest, WebhookWire } from "./webhook/webhook.ts";

// The client: all calls, over a transport that a runtime provides.
export { createClient, type Client } from "./client/client.ts";
export type { Credentials } from "./client/credentials.ts";
export type { AnyJobWire, AnyJobStatus } from "./client/dialects.ts";
export type { Runtime } from "./client/runtime.ts";
export type { Transport, TransportRequest, TransportResponse } from "./client/transport.ts";
export type { AbortSignalLike } from "./client/abort.ts";
export type { CallOptions, CreateOptions } from "./client/call.ts";
export type { CallPromise, ResponseHead } from "./client/call-promise.ts";
export type { JobCalls } from "./client/job-calls.ts";
export type { CreateAndWaitOptions, PollOptions, WatchOptions } from "./client/poll-options.ts";
export type { JobCreateOptions, JobTokenOptions } from "./client/job-tokens.ts";
export type { IngestJobs, Memories } from "./client/memories.ts";
export type { Batches } from "./client/batches.ts";
export type { ContextCalls } from "./client/context.ts";
export type { Events } from "./client/events.ts";
export type { Facts } from "./client/facts.ts";
export type { Jobs } from "./client/jobs.ts";
export type { Users } from "./client/users.ts";
export type { Agents } from "./client/agents.ts";
export type { Groups } from "./client/groups.ts";
export type { ReadUsage } from "./client/usage.ts";
export type { Webhooks } from "./client/webhooks.ts";
