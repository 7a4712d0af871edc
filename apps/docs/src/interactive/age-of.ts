const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

const format = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** The age of a time in words: `3 minutes ago`, or `in 3 minutes` for the future. */
export function ageOf(ms: number): string {
  const [unit, unitMs] = units.find(([, size]) => Math.abs(ms) >= size) ?? units[3];
  return format.format(-Math.trunc(ms / unitMs), unit);
}
