import type { AbortSignalLike } from "@memlane/core";

/** The longest delay of Node's timers, in milliseconds; a longer one would fire at once. */
export const longestTimerMs = 2_147_483_647;

/** Resolves after the delay, or as soon as the signal aborts. */
export function sleep(delayMs: number, signal?: AbortSignalLike): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(wake, Math.min(delayMs, longestTimerMs));
    signal?.addEventListener("abort", wake, { once: true });
    if (signal?.aborted) wake();

    function wake(): void {
      clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      resolve();
    }
  });
}
