/**
 * How long a `Retry-After` header asks to wait, in milliseconds; undefined if it is absent or unreadable.
 * Uses `Date.parse`, which every browser has for HTTP dates, because core's own parser would make the page
 * larger.
 */
export function retryAfterMsOf(headers: Headers): number | undefined {
  const text = headers.get("retry-after") ?? "";
  const delayMs = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(delayMs) ? undefined : Math.max(0, delayMs);
}
