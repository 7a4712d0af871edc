/**
 * How long a `Retry-After` header asks to wait, in milliseconds; undefined when it is absent or unreadable. Every browser
 * reads the dates of HTTP, which spares a page core's reader of them.
 */
export function retryAfterMsOf(headers: Headers): number | undefined {
  const text = headers.get("retry-after") ?? "";
  const delayMs = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(delayMs) ? undefined : Math.max(0, delayMs);
}
