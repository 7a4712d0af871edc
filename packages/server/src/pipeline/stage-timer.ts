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
}

/** A timer for one job. */
export function createStageTimer(now: () => number = () => performance.now()): StageTimer {
  const milliseconds = new Map<string, number>();
  const add = (name: string, ms: number) => milliseconds.set(name, (milliseconds.get(name) ?? 0) + ms);
  return {
    async stage(name, run) {
      const startedMs = now();
      try {
        return await inSpan(name, {}, run);
      } finally {
        add(name, now() - startedMs);
      }
    },
    record(stages) {
      for (const { name, startedAtMs, ms } of stages) {
        tracer.startSpan(name, { startTime: startedAtMs }).end(startedAtMs + ms);
        add(name, ms);
      }
    },
    seconds: () =>
      Object.fromEntries([...milliseconds].map(([name, ms]) => [name, Math.round(ms * 1000) / 1_000_000])),
  };
}
