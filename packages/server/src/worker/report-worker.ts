import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { newId } from "../base/new-id.ts";
import type { Database } from "../database/database.ts";
import { removeWorker, reportWorker, type WorkerState } from "../store/workers.ts";

const changedMs = 5000; // a worker that does other work than before reports it this soon
const longestMs = 60_000;

/** Reports that a worker runs and what it does, until it stops. */
export function startWorkerReports(
  database: Database,
  log: Logger,
  read: () => WorkerState,
): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const id = newId();
  const reporting = repeat();
  return {
    async stop() {
      stopping.abort();
      await reporting;
      await removeWorker(database, id).catch(() => {}); // then the row expires
    },
  };

  async function repeat(): Promise<void> {
    let reported = "";
    let dueAtMs = 0;
    while (!signal.aborted) {
      const state = read();
      const text = JSON.stringify(state);
      if (text !== reported || performance.now() >= dueAtMs) {
        dueAtMs = performance.now() + longestMs;
        reported = text;
        await reportWorker(database, id, state).catch((error: unknown) =>
          log.debug({ err: error }, "cannot report that this worker runs"),
        );
      }
      await sleep(changedMs, undefined, { signal }).catch(() => {});
    }
  }
}
