// The client of Node.js, imports of files, and the receiver of webhooks.

// The client: every call of core, with options for Node.js.
export { MemoryClient } from "./memory-client.ts";
export { signUp } from "./sign-up.ts";
export type { ConnectionOptions, MemoryClientOptions } from "./client-options.ts";
export * from "./client-surface.ts";

// Requests and hooks: how the client sends requests, and what it calls around each of them.
export type { ClientHooks, Logger, RequestAttempt } from "./hooks.ts";
export type { Fetch } from "./transport.ts";

// Batches and files: the calls for batches, which also import files of any length.
export type { NodeBatches } from "./memory-client.ts";
export type { ImportFileOptions } from "./import/import-file.ts";

// Import reports: what an import counts and reports, and its options.
export type { ImportLinesOptions, ImportReport } from "./import/import-lines.ts";
export type { ImportSource } from "./import/import-source.ts";
export type { ImportCounts, ImportProgress, LineError, LineOutcome } from "./import/tally.ts";
export type { LineJob } from "./import/follow-job.ts";

// Receiving webhooks: proves that a delivery comes from your server.
export { verifyWebhook, type VerifyWebhookOptions, type WebhookEvent } from "./webhook/verify-webhook.ts";
export { WebhookVerificationError, type WebhookRefusal } from "./webhook/webhook-verification-error.ts";
export type { HeaderReader, WebhookHeaders } from "./webhook/webhook-headers.ts";
