/** How long the last waits took, in milliseconds, the latest at the end. */
export type RecentWaits = readonly number[];

const mostWaits = 32; // of what came before, the latest jobs tell nothing
const fewestWaits = 4; // fewer say too little
const share = 0.2; // of a backoff it halves the lag at fewer requests: simulation/README.md

/** What is known after one more wait. */
export function learnWait(waits: RecentWaits, waitMs: number): RecentWaits {
  return [...waits, waitMs].slice(-mostWaits);
}

/**
 * How long until the next look is worth it, in milliseconds: until a fifth of the waits that were longer than this one is so
 * far had come to their end. Undefined where too few are known, or none was longer.
 */
export function expectedDelayMs(waits: RecentWaits, waitedMs: number): number | undefined {
  if (waits.length < fewestWaits) return undefined;
  const longer = waits.filter((waitMs) => waitMs > waitedMs).toSorted((a, b) => a - b);
  const next = longer[Math.ceil(longer.length * share) - 1];
  return next === undefined ? undefined : next - waitedMs;
}
