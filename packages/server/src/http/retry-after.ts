import type { ErrorCode, MemlaneError } from "@memlane/core";

/**
 * The errors that end by themselves after a short wait. No other answer has `Retry-After`: the vendors' clients sleep for
 * that long, and one of them decides by it whether to try again.
 */
export const waitingCodes: ReadonlySet<ErrorCode> = new Set([
  "rate_limit_exceeded",
  "signup_rate_limited",
  "writes_paused",
  "unavailable",
]);

/** The longest wait that an answer asks for. */
const longestSeconds = 60;

/** The header `Retry-After` of an error, 1 to 60 seconds; nothing if the error has none. */
export function retryAfterOf({
  code,
  retryAfterMs,
}: Pick<MemlaneError, "code" | "retryAfterMs">): Readonly<Record<string, string>> {
  if (retryAfterMs === undefined || !waitingCodes.has(code)) return {};
  return { "retry-after": String(Math.min(longestSeconds, Math.max(1, Math.ceil(retryAfterMs / 1000)))) };
}
