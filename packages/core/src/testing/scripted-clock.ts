import type { AbortSignalLike } from "../client/abort.ts";

/** A clock whose time moves only during a sleep or when the test moves it. */
export interface ScriptedClock {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Advances the time at once; resolves when the delay ends or the signal aborts. */
  readonly sleep: (delayMs: number, signal?: AbortSignalLike) => Promise<void>;
  /** The delays of all sleeps, in milliseconds, in order. */
  readonly sleeps: readonly number[];
  /** Advances the time and runs the actions that are planned until then. Stops early if the signal aborts. */
  readonly advance: (delayMs: number, signal?: AbortSignalLike) => void;
  /** Plans an action for a time, such as aborting during a sleep. */
  readonly at: (timeMs: number, action: () => void) => void;
  /** Sets the time, forwards or backwards, like an operator or NTP. Runs no planned actions. */
  readonly set: (timeMs: number) => void;
}

/**
 * A clock for one sleeper at a time: each sleep advances the time by its whole delay. It starts at
 * 2026-01-01T00:00:00Z by default.
 */
export function createScriptedClock(startMs = Date.UTC(2026, 0, 1)): ScriptedClock {
  let nowMs = startMs;
  let agenda: readonly { readonly timeMs: number; readonly action: () => void }[] = [];
  const sleeps: number[] = [];

  const advance: ScriptedClock["advance"] = (delayMs, signal) => {
    const endMs = nowMs + Math.max(0, delayMs);
    for (;;) {
      if (signal?.aborted) return;
      const [next, ...later] = agenda;
      if (next === undefined || next.timeMs > endMs) {
        if (endMs === Infinity) throw new Error("nothing is planned that would end this wait");
        nowMs = endMs;
        return;
      }
      agenda = later;
      nowMs = Math.max(nowMs, next.timeMs);
      next.action();
    }
  };

  return {
    now: () => nowMs,
    sleep: async (delayMs, signal) => {
      sleeps.push(delayMs);
      advance(delayMs, signal);
    },
    sleeps,
    advance,
    at: (timeMs, action) => {
      agenda = [...agenda, { timeMs, action }].toSorted((a, b) => a.timeMs - b.timeMs);
    },
    set: (timeMs) => {
      nowMs = timeMs;
    },
  };
}
