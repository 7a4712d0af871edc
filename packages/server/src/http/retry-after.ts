import type { ErrorCode, MemlaneError } from "@memlane/core";

/**
 * The errors that end by themselves after a short wait. No other answer has `Retry-After`: the vendors' clients sleep for
 * as long as it says, and one of them decides by it whether to try again.
 */
const waitingCodes: ReadonlySet<ErrorCode> = new Set([
  "rate_limit_exceeded",
  "signup_rate_limited",
  "writes_paused",
  "unavailable",
]);

/** The longest wait that an answer asks for. */
const longestSeconds = 60;

/** The `Retry-After` of an error: 1 to 60 seconds; undefined if it has none. */
export function retryAfterSeconds({
  code,
  retryAfterMs,
}: Pick<MemlaneError, "code" | "retryAfterMs">): number | undefined {
  if (retryAfterMs === undefined || !waitingCodes.has(code)) return undefined;
  return Math.min(longestSeconds, Math.max(1, Math.ceil(retryAfterMs / 1000)));
}
