// The job machine. What a job is, whatever a dialect calls it, and what it makes: memories.
export * from "./job/job-machine.ts";
export type * from "./job/job.ts";
export * from "./memory/memory.ts";
export * from "./json.ts";

// Ids. UUIDv7s behind a word that says of what; each tells when it was made.
export * from "./ids/id.ts";
export * from "./ids/uuid.ts";
export * from "./ids/uuid-v7.ts";

// Errors. One class and one table that says what each code implies.
export * from "./errors/error-table.ts";
export type * from "./errors/error-report.ts";
export * from "./errors/memlane-error.ts";

// Waiting. When to ask again, and when to give up: total functions to which time and chance are arguments.
export * from "./poll/backoff.ts";
export * from "./poll/http-date.ts";
export * from "./poll/retry-after.ts";
export * from "./poll/poll.ts";
export * from "./poll/expected-wait.ts";

// Dialects. What every dialect is made of, and how text and times are read.
export type * from "./dialect/dialect.ts";
export * from "./dialect/vocabulary.ts";
export * from "./dialect/id-wire.ts";
export * from "./dialect/instant.ts";
export * from "./dialect/timestamp.ts";
export * from "./dialect/storable.ts";
export * from "./dialect/bounded-text.ts";

// Secrets. Finds and replaces secrets and personal data in a text.
export * from "./secrets/redact.ts";
export type { SecretKind } from "./secrets/secret-rules.ts";
export type { PersonalDataKind } from "./secrets/personal-data-rules.ts";

// The ingest dialect. The wire of conversations: schemas, words and what a client sends and gets.
export * from "./ingest/dialect.ts";
export * from "./ingest/status.ts";
export * from "./ingest/error.ts";
export * from "./ingest/result.ts";
export * from "./ingest/job.ts";
export * from "./ingest/job-list.ts";
export * from "./ingest/job-token.ts";
export * from "./ingest/memory.ts";
export * from "./ingest/requests.ts";
export * from "./ingest/learning-event.ts";

// The batch dialect. The wire of batches: schemas, words and what a client sends and gets.
export * from "./batch/dialect.ts";
export * from "./batch/status.ts";
export * from "./batch/error.ts";
export * from "./batch/item-error.ts";
export * from "./batch/job.ts";
export * from "./batch/memory.ts";
export * from "./batch/requests.ts";

// The client surface. All that a client can do, over a transport that a runtime brings.
export type * from "./client/abort.ts";
export type * from "./client/transport.ts";
export type * from "./client/runtime.ts";
export type { CallOptions, CreateOptions } from "./client/call.ts";
export type { CallPromise, ResponseHead } from "./client/call-promise.ts";
export * from "./client/poll-job.ts";
export type { CreateAndWaitOptions, JobCalls, PollOptions, WatchOptions } from "./client/job-calls.ts";
export * from "./client/job-timeout.ts";
export type { JobCreateOptions, JobTokenOptions } from "./client/job-tokens.ts";
export type { Memories, IngestJobs } from "./client/memories.ts";
export type { Batches } from "./client/batches.ts";
export type { Jobs } from "./client/jobs.ts";
export * from "./client/client.ts";
