import { errorTable, type ErrorCode, type ErrorRow, type MemlaneError } from "@memlane/core";

/**
 * How an import reacts if a request is not accepted. `wait`: send it again. `split`: send each half,
 * because one line may be the cause. `record`: record its lines as failed and continue. `halt`: end the
 * import, because every other line would fail too.
 */
export type Reaction = "wait" | "split" | "record" | "halt";

/** The reactions to errors that do not follow from the table of errors. */
const exceptions: Partial<Record<ErrorCode, Reaction>> = {
  malformed_body: "split",
  body_too_large: "split",
  invalid_request: "split",
  invalid_messages: "record",
  agent_cap_exceeded: "record",
  quota_exceeded: "record",
  extraction_failed: "record",
  conflict: "wait", // the same request is being processed elsewhere, and will have an answer soon
  unreadable_response: "halt",
};

/** What the import has observed of the server. */
export interface ServerKnowledge {
  /** Whether it has answered before. */
  readonly hasAnswered: boolean;
  /** Whether it supports `Idempotency-Key`. */
  readonly supportsIdempotency: boolean;
}

/** The reaction to an error. */
export function reactionTo(
  error: MemlaneError,
  { hasAnswered, supportsIdempotency }: ServerKnowledge,
): Reaction {
  if (error.code === "network_error" && !hasAnswered) return "halt";
  // A redirect: this address is not our server.
  if (error.status !== null && error.status < 400) return "halt";
  // The server may have accepted it. Without idempotency keys, repeating it could store it twice.
  if (!supportsIdempotency && isOutcomeUnknown(error)) return "record";
  return exceptions[error.code] ?? usualReactionTo(errorTable[error.code]);
}

function usualReactionTo({ retryable, status }: ErrorRow): Reaction {
  if (retryable) return "wait";
  return status === 409 || status === 422 ? "record" : "halt";
}

function isOutcomeUnknown(error: MemlaneError): boolean {
  if (error.code === "network_error") return !wasNeverSent(error);
  return error.code === "timeout" || error.status === 500;
}

/**
 * Whether the server has possibly accepted the request despite this error. If so, sending it with another
 * idempotency key could store it twice.
 */
export function isPossiblyAccepted(error: MemlaneError): boolean {
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
