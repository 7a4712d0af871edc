import { inSpan } from "../tracing/in-span.ts";

/** Times the stages of a pipeline. */
export interface StageTimer {
  /** Runs a stage in a span of its own; a promise is timed until it settles. */
  readonly stage: <Result>(name: string, run: () => Result) => Result;
  /** Seconds by stage, to the microsecond. */
  readonly seconds: () => Record<string, number>;
}

/** A timer for one job. */
export function createStageTimer(now: () => number = () => performance.now()): StageTimer {
  const seconds: Record<string, number> = {};
  return {
    stage(name, run) {
      const startedMs = now();
      const stop = () => void (seconds[name] = Math.round((now() - startedMs) * 1000) / 1_000_000);
      const result = inSpan(name, {}, run);
      if (result instanceof Promise) result.then(stop, stop);
      else stop();
      return result;
    },
    seconds: () => ({ ...seconds }),
  };
}
