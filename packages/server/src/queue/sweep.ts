// Regular upkeep of a table, in steps that are too small to delay requests.
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";

/** A running sweep. */
export interface Sweep {
  readonly stop: () => Promise<void>;
}

/** Deletes or changes up to `limit` rows. Returns how many. */
type DoSome = (limit: number) => Promise<number>;

const everyMs = 60_000;
const rowsPerStep = 1000;

/** Runs `sweep` every minute. `doAll` works in small steps. `signal` aborts at the stop. `name` is for the log. */
export function startSweep(
  name: string,
  log: Logger,
  sweep: (doAll: (doSome: DoSome) => Promise<void>, signal: AbortSignal) => Promise<void>,
): Sweep {
  const stopping = new AbortController();
  const { signal } = stopping;
  const sweeping = repeat();
  return {
    async stop() {
      stopping.abort();
      await sweeping;
    },
  };

  async function repeat(): Promise<void> {
    while (!signal.aborted) {
      await sweep(doAll, signal).catch((error: unknown) => log.debug({ err: error }, `cannot sweep ${name}`));
      await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  }

  /** Works in steps. After each step it waits as long as the step took, because requests come first. */
  async function doAll(doSome: DoSome): Promise<void> {
    while (!signal.aborted) {
      const startedMs = performance.now();
      if ((await doSome(rowsPerStep)) < rowsPerStep) return;
      await sleep(performance.now() - startedMs);
    }
  }
}
