import type { AttemptStage } from "../store/attempt-log.ts";
import { inSpan, tracer } from "../tracing/in-span.ts";

/** The time of a stage that ran on a thread. */
export interface StageTime {
  readonly name: "normalise" | "extract" | "share" | "reconcile";
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly ms: number;
}

/** Times the stages of a job. The times of a stage that runs several times add up. */
export interface StageTimer {
  /** Runs a stage in a new span, which ends when its promise settles. */
  readonly stage: <Result>(name: string, run: () => Promise<Result>) => Promise<Result>;
  /** Adds stages that ran on a thread, each as a span. */
  readonly record: (stages: readonly StageTime[]) => void;
  /** Seconds by stage, to the microsecond. */
  readonly seconds: () => Record<string, number>;
  /** The stages in the order in which they began, in whole milliseconds since the timer was created. */
  readonly stages: () => AttemptStage[];
}

/** A timer for one attempt. `now` is in milliseconds since 1970. */
export function createStageTimer(
  now: () => number = () => performance.timeOrigin + performance.now(),
): StageTimer {
  const createdMs = now();
  const times = new Map<string, { readonly startedMs: number; readonly ms: number }>();
  const add = (name: string, startedMs: number, ms: number) => {
    const before = times.get(name);
    times.set(name, { startedMs: before?.startedMs ?? startedMs, ms: (before?.ms ?? 0) + ms });
  };
  return {
    async stage(name, run) {
      const startedMs = now();
      try {
        return await inSpan(name, {}, run);
      } finally {
        add(name, startedMs, now() - startedMs);
      }
    },
    record(stages) {
      for (const { name, startedAtMs, ms } of stages) {
        tracer.startSpan(name, { startTime: startedAtMs }).end(startedAtMs + ms);
        add(name, startedAtMs, ms);
      }
    },
    seconds: () =>
      Object.fromEntries([...times].map(([name, { ms }]) => [name, Math.round(ms * 1000) / 1_000_000])),
    stages: () =>
      [...times].map(([name, { startedMs, ms }]) => ({
        name,
        at: Math.max(0, Math.round(startedMs - createdMs)),
        ms: Math.round(ms),
      })),
  };
}
