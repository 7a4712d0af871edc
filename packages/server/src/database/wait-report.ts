/** Gets a sentence about what is waited for. */
export type OnWait = (sentence: string) => void;

const firstMs = 1000;
const longestPauseMs = 60_000;

/**
 * Makes a function to call while something is waited for. It reports the wait after a second, then each time that the wait has
 * doubled, and at least once a minute.
 */
export function createWaitReport(onWait: OnWait, now = () => performance.now()): (waitsFor: string) => void {
  const startedMs = now();
  let nextMs = firstMs;
  return (waitsFor) => {
    const waitedMs = now() - startedMs;
    if (waitedMs < nextMs) return;
    nextMs = waitedMs + Math.min(waitedMs, longestPauseMs);
    onWait(`Waiting for ${waitsFor}: ${Math.round(waitedMs / 1000)} s so far.`);
  };
}
