// For our own packages, which are released together with this one. Names here change without notice in any release;
// the public API is in the main entry.

// The guards of the server's SQL.
export { sourcesOf } from "./job/job-machine.ts";

// A memory, as the server stores it.
export { lessonTypes, type LessonType, type Memory, type Tense } from "./memory/memory.ts";
export { estimateTokens } from "./memory/estimate-tokens.ts";
export {
  predicateFamilies,
  renaming,
  selfName,
  type Fact,
  type PredicateFamily,
  type Triple,
} from "./memory/fact.ts";

// JSON from outside.
export { parseJson, type Json, type JsonObject } from "./json.ts";
export { findRoundedInteger } from "./rounded-integer.ts";

// Making and reading ids.
export { createUuidV7 } from "./ids/uuid-v7.ts";
export { parseUuid, parseUuidHex, printUuidHex } from "./ids/uuid.ts";

// Retrying and polling, for code that sends requests and sleeps.
export { retryDelayMs } from "./poll/backoff.ts";
export { expectedDelayMs, type RecentWaits } from "./poll/expected-wait.ts";
export { parseRetryAfter } from "./poll/retry-after.ts";
export { pollJob, type ReadJob } from "./client/poll-job.ts";

// Reading and limiting text.
export { boundedText, isBlank } from "./dialect/bounded-text.ts";
export { noWords, queryFlag, yesWords } from "./dialect/query-flag.ts";
export { parseTimestamp } from "./dialect/timestamp.ts";

// Secrets and personal data, found in steps so that a long text can be interrupted.
export {
  redactionKinds,
  redactPersonalDataInSteps,
  redactSecretsInSteps,
  type Redacted,
} from "./secrets/redact.ts";
export type { PersonalDataKind } from "./secrets/personal-data-rules.ts";
export type { SecretKind } from "./secrets/secret-rules.ts";

// Exports, users, agents, their erasure, and the audit log.
export { auditIds, type AuditId } from "./ids/id.ts";
export { agentPageWire, userPageWire } from "./batch/owners.ts";
export { agentListQueryWire, userListQueryWire } from "./batch/owner-queries.ts";
export { agentErasureWire, userErasureWire } from "./batch/erasure.ts";
export { auditActions, auditPageWire, type AuditAction, type AuditEvent } from "./batch/audit.ts";
export { auditQueryWire } from "./batch/audit-query.ts";
export { exportPageWire, type ExportLineWire } from "./export/export.ts";
export { exportQueryWire } from "./export/export-query.ts";
export {
  accountDeletionQueryWire,
  accountDeletionWire,
  signupRequestWire,
  signupWire,
} from "./batch/account.ts";
export { pingWire } from "./batch/ping.ts";

// The words of the error table, for the server and the docs.
export { serverErrorCodes } from "./errors/error-table.ts";
export { batchErrors } from "./batch/error.ts";
export { ingestErrors } from "./ingest/error.ts";
export { vocabularyWire } from "./dialect/vocabulary.ts";

// For operators: the caller, and what jobs do.
export { attemptOutcomes, attemptsWire } from "./operations/attempts.ts";
export { jobMessagesWire, jobRequestWire } from "./operations/job-contents.ts";
export { keyListWire } from "./operations/keys.ts";
export { meWire } from "./operations/me.ts";
export { orgPageWire } from "./operations/orgs.ts";
export { serviceWire } from "./operations/service.ts";
export {
  jobMessagesQueryWire,
  keyListQueryWire,
  orgListQueryWire,
  statsQueryWire,
} from "./operations/queries.ts";
export { statsWindows, statsWire } from "./operations/stats.ts";

// Lists of jobs of any dialect.
export { jobChangeWire } from "./job/job-change.ts";
export { jobChangeRequestWire } from "./job/job-change-request.ts";
export { jobFilterFields, selectableStates, type SelectableState } from "./job/job-filter.ts";
export { jobListQueryWire } from "./job/job-list-query.ts";
export { jobPageWire, jobStatusWords } from "./job/job-list.ts";

// The dialects as clients read them, and a job of any dialect as programs show it.
export { clientDialects } from "./client/dialects.ts";
export type { ClientDialect } from "./dialect/client-dialect.ts";
export { viewJob } from "./client/view-job.ts";
export { acceptedAt } from "./job/accepted-at.ts";
export type { BatchJobView, JobView } from "./job/job-view.ts";

// The wire of the ingest dialect.
export { ingestErrorCodec } from "./ingest/error-codec.ts";
export { ingestJobCodec } from "./ingest/job-codec.ts";
export { learnedOf } from "./ingest/learned.ts";
export { groupListWire, groupWire } from "./ingest/group.ts";
export {
  groupChangeRequestWire,
  groupCreateRequestWire,
  groupUpdateRequestWire,
  maximumGroupsOfMemory,
} from "./ingest/group-requests.ts";
export { usageWire } from "./ingest/usage.ts";
export { usageQueryWire } from "./ingest/usage-query.ts";
export { createdBatchJobWire, createdIngestJobWire, jobTokenWire } from "./ingest/job-token.ts";
export { learningEvents } from "./ingest/learning-event.ts";
export { learningEventCodec, type LearningEvent } from "./ingest/learning-event-codec.ts";
export {
  ingestMemoryPageWire,
  ingestMemoryWire,
  ingestSearchWire,
  longestPreview,
  printIngestMemory,
} from "./ingest/memory.ts";
export { triggerRequestWire } from "./ingest/trigger.ts";
export {
  type Expansion,
  ingestListQueryWire,
  ingestRequestWire,
  ingestSearchRequestWire,
  maximumMessages,
} from "./ingest/requests.ts";
export { printIngestFailure } from "./ingest/failure.ts";
export { maximumMessageLength, readMessageContent } from "./ingest/message-content.ts";
export { isStorable, replaceUnstorable, replaceUnstorableIn } from "./dialect/storable.ts";

// Webhooks of any dialect.
export { deliveryPageWire, deliveryStates, deliveryWire } from "./webhook/delivery.ts";
export { deliveryListQueryWire } from "./webhook/delivery-list-query.ts";
export { webhookListWire, webhookWire } from "./webhook/webhook.ts";
export { webhookPatchWire, webhookRequestWire } from "./webhook/webhook-requests.ts";
export {
  jobEvents,
  webhookSubscriptions,
  type WebhookEventWire,
  type WebhookSubscription,
} from "./webhook/webhook-event.ts";

// The wire of the batch dialect.
export { batchErrorCodec } from "./batch/error-codec.ts";
export { batchJobCodec } from "./batch/job-codec.ts";
export { contextWire, type ContextPart } from "./batch/context.ts";
export { contextQueryWire } from "./batch/context-query.ts";
export { eventListWire } from "./batch/events.ts";
export { eventListQueryWire } from "./batch/event-list-query.ts";
export { factPageWire, factWire, forgottenFactWire, printFact, writtenFactWire } from "./batch/fact.ts";
export { printProfile, profileWire } from "./batch/profile.ts";
export { profileQueryWire } from "./batch/profile-query.ts";
export {
  factListQueryWire,
  factPatchWire,
  factRequestWire,
  forgetFactRequestWire,
} from "./batch/fact-requests.ts";
export {
  batchDeletionWire,
  batchMemoryPageWire,
  batchMemoryWire,
  batchMemoryWithFactsWire,
  batchSearchWire,
  memoryHistoryWire,
  printBatchMemory,
  printFoundBatchMemory,
  type MiningStatus,
} from "./batch/memory.ts";
export {
  batchCreateRequestWire,
  batchItemWire,
  batchListQueryWire,
  batchRequestOf,
  batchRequestWire,
  batchSearchRequestWire,
  maximumBatchSize,
  memoryPatchWire,
} from "./batch/requests.ts";
