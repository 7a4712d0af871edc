/** The smallest UUIDv7 of a millisecond since 1970. Ids contain their time, so a range of times is a range of ids. */
export function firstIdAt(timeMs: number): string {
  const digits = Math.max(0, timeMs).toString(16).padStart(12, "0");
  return `${digits.slice(0, 8)}-${digits.slice(8)}-0000-0000-000000000000`;
}
