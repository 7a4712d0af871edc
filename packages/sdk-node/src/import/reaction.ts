import type { ErrorCode, MemlaneError } from "@memlane/core";

/**
 * How an import reacts if a request is not accepted. `wait`: send it again. `split`: send each half,
 * because one line may be the cause. `record`: record its lines as failed and continue. `halt`: end the
 * import, because every other line would fail too.
 */
export type Reaction = "wait" | "split" | "record" | "halt";

const reactions = {
  malformed_body: "split",
  invalid_messages: "record",
  missing_org_id: "halt",
  unauthenticated: "halt",
  token_expired: "halt",
  forbidden: "halt",
  org_mismatch: "halt",
  agent_cap_exceeded: "record",
  not_found: "halt",
  job_not_found: "halt",
  memory_not_found: "halt",
  signup_disabled: "halt",
  signup_rate_limited: "halt",
  confirmation_required: "halt",
  account_has_login: "halt",
  fact_not_found: "halt",
  group_not_found: "halt",
  method_not_allowed: "halt",
  // The same request is being processed elsewhere and will have an answer soon.
  conflict: "wait",
  stale_write: "record",
  fact_not_current: "record",
  body_too_large: "split",
  invalid_request: "split",
  missing_user_id: "record",
  missing_conversation_id: "record",
  immutable_field: "record",
  empty_patch: "record",
  contradictory_group_ids: "record",
  invalid_group_ids: "record",
  groups_quota_exceeded: "record",
  idempotency_mismatch: "record",
  cursor_mismatch: "record",
  unsupported_include_option: "halt",
  invalid_webhook_url: "halt",
  webhook_not_found: "halt",
  rate_limit_exceeded: "wait",
  too_many_batches: "wait",
  quota_exceeded: "record",
  server_error: "wait",
  ingest_failed: "wait",
  extraction_failed: "record",
  patch_failed: "wait",
  search_failed: "wait",
  trigger_failed: "wait",
  delete_failed: "wait",
  unavailable: "wait",
  extractor_unavailable: "wait",
  search_unavailable: "wait",
  writes_paused: "wait",
  network_error: "wait",
  timeout: "wait",
  aborted: "halt",
  redirected: "halt",
  unreadable_response: "halt",
} satisfies Record<ErrorCode, Reaction>;

/** What the import knows about the server. */
export interface ServerKnowledge {
  /** Whether it has answered before. */
  readonly hasAnswered: boolean;
  /** Whether it supports `Idempotency-Key`. */
  readonly knowsKeys: boolean;
}

/** The reaction to an error. */
export function reactionTo(error: MemlaneError, { hasAnswered, knowsKeys }: ServerKnowledge): Reaction {
  if (error.code === "network_error" && !hasAnswered) return "halt";
  // A redirect: this address is not our server.
  if (error.status !== null && error.status < 400) return "halt";
  // The server may have accepted it. Without idempotency keys, repeating it could store it twice.
  if (!knowsKeys && mayBeAccepted(error)) return "record";
  return reactions[error.code];
}

function mayBeAccepted(error: MemlaneError): boolean {
  if (error.code === "network_error") return !wasNeverSent(error);
  return error.code === "timeout" || error.status === 500;
}

/**
 * Whether the server may have accepted the request despite this error. If so, sending it with another
 * idempotency key could store it twice.
 */
export function mayHold(error: MemlaneError): boolean {
  if (error.status === null) return !wasNeverSent(error);
  const isRefusal = error.status >= 300 && error.status < 500 && error.status !== 408;
  return !isRefusal || error.code === "conflict";
}

const codesBeforeSending: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Whether the connection failed before anything was sent. */
function wasNeverSent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && codesBeforeSending.has(error.code)) || wasNeverSent(error.cause);
}
