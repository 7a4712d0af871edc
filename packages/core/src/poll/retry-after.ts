import { parseHttpDate } from "./http-date.ts";

/**
 * How long a `Retry-After` header (RFC 9110, 10.2.3) asks to wait, in milliseconds. It has seconds or an HTTP
 * date. Undefined if it is absent or unreadable.
 */
export function parseRetryAfter(header: string | null | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const moment = parseHttpDate(text, nowMs);
  return moment === undefined ? undefined : Math.max(0, moment - nowMs);
}
