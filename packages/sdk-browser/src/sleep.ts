import type { AbortSignalLike } from "@memlane/core";

/** Resolves after the delay, or as soon as the signal aborts. */
export function sleep(delayMs: number, signal?: AbortSignalLike): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(wake, delayMs);
    signal?.addEventListener("abort", wake);
    if (signal?.aborted) wake();

    function wake(): void {
      clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      resolve();
    }
  });
}
