/** How long the last waits took, in milliseconds, the latest at the end. */
export type RecentWaits = readonly number[];

const mostWaits = 50; // enough to tell two kinds of job apart, few enough to follow a load that changes
const fewestWaits = 8; // the shortest of fewer says little about how soon a job may end

/** What is known after one more wait. */
export function learnWait(waits: RecentWaits, waitMs: number): RecentWaits {
  return [...waits, waitMs].slice(-mostWaits);
}

/**
 * How long until the next look is worth it, in milliseconds. Of the waits that were longer than this one is so far, those that
 * had come to their end by then would have been heard of late: the look is where that lag, on average over all of them, has
 * grown to what a request is worth. Undefined where too few are known, or none was longer.
 */
export function expectedDelayMs(waits: RecentWaits, waitedMs: number): number | undefined {
  if (waits.length < fewestWaits) return undefined;
  const longer = waits.filter((waitMs) => waitMs > waitedMs).toSorted((a, b) => a - b);
  let endedMs = 0;
  for (const [index, waitMs] of longer.entries()) {
    endedMs += waitMs;
    // Where the first `index + 1` have ended, their lags come to this many times a look less `endedMs`.
    const lookMs = (endedMs + longer.length * requestWorthMs(waitMs)) / (index + 1);
    if (lookMs <= (longer[index + 1] ?? Infinity)) return lookMs - waitedMs;
  }
  return undefined;
}

/** The lag that is borne to save a request: a little more for who has waited long. It halves a backoff's: simulation/README.md. */
function requestWorthMs(waitMs: number): number {
  return 50 + waitMs / 500;
}
