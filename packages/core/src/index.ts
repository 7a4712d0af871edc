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
export type { MessageOutcome } from "./ingest/result.ts";
export type { ExtractorReport, IngestResult, MemoryReference, MessageReport } from "./ingest/result-codec.ts";
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

// Errors: the one class that calls throw.
export { MemlaneError, type MemlaneErrorOptions } from "./errors/memlane-error.ts";
export { isJobTimeout, type JobTimeout } from "./client/job-timeout.ts";

// Error codes: one table of what each code implies, and what an answer contains about an error.
export {
  errorTable,
  type ErrorCode,
  type ErrorRow,
  type ErrorType,
  type ServerErrorCode,
} from "./errors/error-table.ts";
export type { ErrorReport, FieldIssue } from "./errors/error-report.ts";
export type { Quota } from "./errors/quota.ts";

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

// Ingest jobs on the wire: the conversation that a client sends, and the job with its result.
export type { IngestRequest } from "./ingest/requests.ts";
export { ingestJobWire, type IngestJobWire, type IngestResultWire } from "./ingest/job.ts";
export type { IngestFailureWire } from "./ingest/failure.ts";

// Batches on the wire: the memories that a client sends, and the job with its counts.
export type { BatchItem } from "./batch/requests.ts";
export { batchJobWire, type BatchJobWire } from "./batch/job.ts";
export type { ItemErrorWire } from "./batch/item-error.ts";

// Job lists and tokens on the wire: jobs of any dialect, and jobs with a token for a page.
export type { JobListQuery } from "./job/job-list-query.ts";
export type { JobPageWire } from "./job/job-list.ts";
export type { CreatedBatchJobWire, CreatedIngestJobWire, JobTokenWire } from "./ingest/job-token.ts";

// Requests for memories: to list, search, change and recall them, in either dialect.
export type { MemoryPatch, WrittenListQuery, WrittenSearchRequest } from "./batch/requests.ts";
export type { ListQuery, SearchRequest } from "./ingest/requests.ts";
export type { TriggerRequest } from "./ingest/trigger.ts";

// Ingest memories on the wire: memories, pages and search results in the ingest dialect.
export type { IngestMemoryPageWire, IngestMemoryWire, IngestSearchWire } from "./ingest/memory.ts";

// Batch memories on the wire: memories, search results and history in the batch dialect.
export type {
  BatchDeletionWire,
  BatchMemoryWire,
  BatchMemoryWithFactsWire,
  BatchSearchWire,
  MemoryHistoryWire,
} from "./batch/memory.ts";
export type { EventListWire } from "./batch/events.ts";
export type { EventListQuery } from "./batch/event-list-query.ts";

// Facts on the wire: what a client sends about facts, and what it gets.
export type { FactPageWire, FactWire, ForgottenFactWire, WrittenFactWire } from "./batch/fact.ts";
export type { FactListQuery, FactPatch, FactRequest } from "./batch/fact-requests.ts";

// Profile and context on the wire: what is known of a user, and a text for a prompt.
export type { ContextWire } from "./batch/context.ts";
export type { ContextQuery } from "./batch/context-query.ts";
export type { ProfileWire } from "./batch/profile.ts";
export type { ProfileQuery } from "./batch/profile-query.ts";

// Users and agents on the wire: lists, and the receipts of erasures.
export type { AgentPageWire, AgentWire } from "./batch/owners.ts";
export type { AgentListQuery } from "./batch/owner-queries.ts";
export type { UserPageWire, UserWire } from "./batch/owners.ts";
export type { UserListQuery } from "./batch/owner-queries.ts";
export type { AgentErasureWire, UserErasureWire } from "./batch/erasure.ts";

// The audit log on the wire: who changed and erased what.
export type { AuditEventWire, AuditPageWire } from "./batch/audit.ts";
export type { AuditQuery } from "./batch/audit-query.ts";

// The organisation on the wire: its key, usage and export, and how it signs up and is deleted.
export type { AccountDeletionWire, SignupRequest, SignupWire } from "./batch/account.ts";
export type { PingWire } from "./batch/ping.ts";
export type { ExportLineWire } from "./export/export.ts";
export type { UsageWire } from "./ingest/usage.ts";
export type { UsageQuery } from "./ingest/usage-query.ts";

// Attempts and contents of jobs on the wire: what failed and why, and jobs that are changed together.
export type { JobChangeWire } from "./job/job-change.ts";
export type { JobFilter, SelectableState } from "./job/job-filter.ts";
export type { AttemptsWire } from "./operations/attempts.ts";
export type { JobMessagesQuery, JobMessagesWire, JobRequestWire } from "./operations/job-contents.ts";

// Operations on the wire: what runs, who uses it, and how it goes.
export type { KeyListQuery, KeyListWire } from "./operations/keys.ts";
export type { MeWire } from "./operations/me.ts";
export type { OrgWire } from "./operations/orgs.ts";
export type { ServiceWire } from "./operations/service.ts";
export type { StatsQuery, StatsWire } from "./operations/stats.ts";

// Groups on the wire: shared memories.
export type { GroupStatus, GroupWire } from "./ingest/group.ts";
export type { GroupChangeRequest, GroupCreateRequest, GroupUpdateRequest } from "./ingest/group-requests.ts";

// Webhook events on the wire: what a webhook receives, and its deliveries.
export {
  learningEventWire,
  type LearningCompletedWire,
  type LearningEventWire,
  type LearningFailedWire,
} from "./ingest/learning-event.ts";
export { batchEventWire, type BatchEventWire } from "./batch/batch-event.ts";
export { dataEventWire, type DataEventWire } from "./batch/data-event.ts";
export {
  testEventWire,
  webhookEventWire,
  type TestEventWire,
  type WebhookEventWire,
} from "./webhook/webhook-event.ts";
export type { DeliveryWire } from "./webhook/delivery.ts";
export type { DeliveryListQuery } from "./webhook/delivery-list-query.ts";
export type { MainWebhookWire, WebhookWire } from "./webhook/webhook.ts";
export type { WebhookPatch, WebhookRequest } from "./webhook/webhook-requests.ts";

// The client: all calls, and what a call returns.
export { createClient, type Client } from "./client/client.ts";
export type { CallOptions, CreateOptions } from "./client/call.ts";
export type { CallPromise, ResponseHead } from "./client/call-promise.ts";

// Runtimes: what a client needs of the runtime in which it runs.
export type { Credentials } from "./client/credentials.ts";
export type { Runtime } from "./client/runtime.ts";
export type { Transport, TransportRequest, TransportResponse } from "./client/transport.ts";
export type { AbortSignalLike } from "./client/abort.ts";

// Waiting for a job: the calls that every kind of job has, and their options.
export type { JobCalls } from "./client/job-calls.ts";
export type { CreateAndWaitOptions, PollOptions, WatchOptions } from "./client/poll-options.ts";
export type { JobCreateOptions, JobTokenOptions } from "./client/job-tokens.ts";

// Calls for one kind of job: ingest jobs, and batches.
export type { IngestJobs } from "./client/memories.ts";
export type { Batches } from "./client/batches.ts";

// Calls for any job: to list, read and follow jobs of every dialect.
export type { Jobs } from "./client/jobs.ts";
export type { AnyJobWire, AnyJobStatus } from "./client/dialects.ts";

// Calls for memories: to store, find, change and delete memories, in either dialect.
export type { Memories } from "./client/memories.ts";

// Calls for facts and context: facts, profiles, contexts and writes.
export type { ContextCalls } from "./client/context.ts";
export type { Events } from "./client/events.ts";
export type { Facts } from "./client/facts.ts";

// Calls for owners and groups: users, agents, groups, and the usage of the organisation.
export type { Users } from "./client/users.ts";
export type { Agents } from "./client/agents.ts";
export type { Groups } from "./client/groups.ts";
export type { ReadUsage } from "./client/usage.ts";

// Calls for organisations: to sign up, and to delete everything.
export { signUp, type DeleteAccount } from "./client/account.ts";

// Calls for operators: the state of the service.
export type { Operations } from "./client/operations.ts";

// Calls for webhooks: where events are sent, and their deliveries.
export type { Webhooks } from "./client/webhooks.ts";
