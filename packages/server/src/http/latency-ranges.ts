// Counts latencies in ranges that grow by a fifth, so that percentiles of many requests need little room.

const rangesPerDoubling = 4;
const rangeCount = 64; // up to 65 s; the last one also has all longer latencies

/** The range of a latency. */
export function rangeOf(ms: number): number {
  const range = Math.floor(rangesPerDoubling * Math.log2(Math.max(1, ms)));
  return Math.min(range, rangeCount - 1);
}

/**
 * A percentile of counted latencies, in milliseconds, right to a tenth of it; null without any. `share` is between 0 and 1.
 */
export function percentileOf(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let passed = 0;
  for (const [range, count] of counts.entries()) {
    passed += count;
    if (count > 0 && passed >= share * total) return Math.round(2 ** ((range + 0.5) / rangesPerDoubling));
  }
  return null;
}
