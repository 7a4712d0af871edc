/** The day of a time in UTC, such as 2026-12-31. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, "2026-12-31".length);
}
