import type { ErrorCode, MemlaneError } from "@memlane/core";

/**
 * What an import does about a request that was not accepted: `wait` and send it again, `split` its lines in
 * two, since one of them may be to blame, `record` its lines as failed and go on, or `halt`, since no other
 * line would fare better.
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
  method_not_allowed: "halt",
  conflict: "record",
  stale_write: "record",
  body_too_large: "split",
  invalid_request: "split",
  missing_user_id: "record",
  missing_conversation_id: "record",
  immutable_field: "record",
  empty_patch: "record",
  idempotency_mismatch: "record",
  cursor_mismatch: "record",
  rate_limit_exceeded: "wait",
  too_many_batches: "wait",
  quota_exceeded: "record",
  // It may have been accepted before the server failed: sent again, it could be stored twice.
  server_error: "record",
  ingest_failed: "record",
  extraction_failed: "record",
  search_failed: "record",
  unavailable: "wait",
  extractor_unavailable: "wait",
  search_unavailable: "wait",
  writes_paused: "wait",
  network_error: "record",
  timeout: "record",
  aborted: "halt",
  unreadable_response: "halt",
} satisfies Record<ErrorCode, Reaction>;

/** The reaction to an error; `hasAnswered` tells whether the server has answered anything before. */
export function reactionTo(error: MemlaneError, hasAnswered: boolean): Reaction {
  if (error.code === "network_error") {
    if (!hasAnswered) return "halt";
    return wasNeverSent(error) ? "wait" : "record";
  }
  // A redirect: whoever answers at this address is not the server.
  if (error.status !== null && error.status < 400) return "halt";
  return reactions[error.code];
}

const codesBeforeSending: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Whether the connection failed before anything went over it. */
function wasNeverSent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && codesBeforeSending.has(error.code)) || wasNeverSent(error.cause);
}
