import { useSyncExternalStore } from "react";

// One clock for all texts on the screen that depend on the time.
const listeners = new Set<() => void>();
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    nowMs = Date.now(); // no timer ran while nothing showed the time
    timer = setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}

/** The time in milliseconds since the Unix epoch, new every second. */
export const useNowMs = (): number => useSyncExternalStore(subscribe, () => nowMs);
