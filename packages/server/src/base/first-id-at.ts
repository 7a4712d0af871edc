/** A lower bound for the UUIDv7 ids made at or after a time, in milliseconds since 1970. */
export function firstIdAt(timeMs: number): string {
  const digits = Math.max(0, timeMs).toString(16).padStart(12, "0");
  return `${digits.slice(0, 8)}-${digits.slice(8)}-0000-0000-000000000000`;
}
