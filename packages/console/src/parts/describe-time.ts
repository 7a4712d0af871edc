const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
] as const;

/** A duration in two units at most, such as `1 h 5 min` or `340 ms`. */
export function describeDuration(ms: number): string {
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const first = units.findIndex(([, length]) => ms >= length);
  const [unit, length] = units[first]!;
  const whole = `${Math.floor(ms / length)} ${unit}`;
  const [smallerUnit, smallerLength] = units[first + 1] ?? [];
  if (smallerLength === undefined) return whole;
  const rest = Math.floor((ms % length) / smallerLength);
  return rest === 0 ? whole : `${whole} ${rest} ${smallerUnit}`;
}

/** How far a moment is from now: `12 s ago`, `in 5 min`, `now`. One unit, because more would only flicker. */
export function describeAge(fromNowMs: number): string {
  const ms = Math.abs(fromNowMs);
  const [unit, length] = units.find(([, each]) => ms >= each) ?? [];
  if (length === undefined) return "now";
  const distance = `${Math.floor(ms / length)} ${unit}`;
  return fromNowMs > 0 ? `in ${distance}` : `${distance} ago`;
}
