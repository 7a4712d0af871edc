/**
 * How long a `Retry-After` header (RFC 9110, 10.2.3) asks to wait, in milliseconds: it holds seconds or an
 * HTTP date. Undefined when it is absent or unreadable.
 */
export function parseRetryAfter(header: string | null | undefined, nowMs: number): number | undefined {
  const text = header?.trim();
  if (text === undefined || text === "") return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!/^[A-Z][a-z]{2,}/.test(text)) return undefined; // every HTTP date opens with the name of a day
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
