import type { AbortSignalLike } from "@memlane/core";

/** A signal that follows other signals until it is released. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  /** Stops following the others. */
  readonly release: () => void;
}

/**
 * Creates a signal that aborts when any of these aborts, or after `timeoutMs`. Unlike with `AbortSignal.any` and `AbortSignal.timeout`,
 * `release` removes everything: the timer, and the entries in signals that live as long as the server.
 */
export function linkSignals(signals: readonly AbortSignalLike[], timeoutMs?: number): LinkedSignal {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = timeoutMs === undefined ? undefined : setTimeout(abort, timeoutMs);
  if (signals.some(({ aborted }) => aborted)) abort();
  for (const signal of signals) signal.addEventListener("abort", abort);
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener("abort", abort);
    },
  };
}
