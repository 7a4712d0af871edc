/** How long the last waits took, in milliseconds, the latest at the end. */
export type RecentWaits = readonly number[];

const mostWaits = 50; // enough to distinguish two kinds of jobs, few enough to follow a changing load
const fewestWaits = 8; // fewer waits show too little about how soon a job may end

/** Adds a wait, and drops the oldest one if there are too many. */
export function learnWait(waits: RecentWaits, waitMs: number): RecentWaits {
  return [...waits, waitMs].slice(-mostWaits);
}

/**
 * How long until the next poll, in milliseconds. Poll at the time where the expected delay in noticing the
 * end equals what one request is worth. Based on past waits longer than this one; undefined if there are too
 * few.
 */
export function expectedDelayMs(waits: RecentWaits, waitedMs: number): number | undefined {
  if (waits.length < fewestWaits) return undefined;
  const longer = waits.filter((waitMs) => waitMs > waitedMs).toSorted((a, b) => a - b);
  let endedMs = 0;
  for (const [index, waitMs] of longer.entries()) {
    endedMs += waitMs;
    // If the first `index + 1` waits have ended at `lookMs`, their delays add up to
    // `(index + 1) * lookMs - endedMs`.
    const lookMs = (endedMs + longer.length * requestWorthMs(waitMs)) / (index + 1);
    if (lookMs <= (longer[index + 1] ?? Infinity)) return lookMs - waitedMs;
  }
  return undefined;
}

/**
 * The delay that is worth one request; it grows a little with the wait. With this value, the delay is about
 * half of the backoff's: see simulation/README.md.
 */
function requestWorthMs(waitMs: number): number {
  return 50 + waitMs / 500;
}
