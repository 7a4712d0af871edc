// The regular upkeep of a worker's tables.
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Database, Sql } from "../database/database.ts";
import { deleteOldMessages } from "../store/delete-messages.ts";
import { deleteOldKeys } from "../store/idempotency-keys.ts";
import { deleteExpiredJobs, refreshStatistics } from "../store/jobs.ts";
import { shortenWaits } from "../store/shorten-waits.ts";
import { longestDelayMs } from "./retry-policy.ts";

/** The upkeep of a worker's tables. */
export interface Maintenance {
  /** Counts claimed jobs. Now and then it checks whether the planner's statistics are up to date. */
  readonly countClaimed: (count: number) => void;
  readonly stop: () => Promise<void>;
}

const jobsPerRefresh = 500; // claimed jobs between two checks of the planner's statistics
const sweepMs = 60_000;
const sweptAtOnce = 1000; // rows per statement

/** Starts the upkeep. Messages of episodes are deleted after `keepSourcesDays`; by default they stay. */
export function startMaintenance(
  database: Database,
  log: Logger,
  leaseMs: number,
  keepSourcesDays?: number,
): Maintenance {
  const stopping = new AbortController();
  let claimedCount = 0; // since the last check of the planner's statistics
  let refreshing: Promise<void> | undefined;
  const sweeping = sweep();

  return {
    countClaimed(count) {
      claimedCount += count;
      if (claimedCount >= jobsPerRefresh) refreshing ??= refresh();
    },
    async stop() {
      stopping.abort();
      await sweeping;
      await refreshing;
    },
  };

  async function refresh(): Promise<void> {
    await refreshStatistics(database).catch((error: unknown) =>
      log.debug({ err: error }, "cannot refresh the planner's statistics"),
    );
    claimedCount = 0;
    refreshing = undefined;
  }

  async function sweep(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await shortenWaits(database, Math.max(longestDelayMs, 2 * leaseMs));
        // Keys first, so that none names a deleted job.
        await deleteAll(deleteOldKeys);
        await deleteAll(deleteExpiredJobs);
        if (keepSourcesDays !== undefined)
          await deleteAll((_, limit) =>
            database.transaction((sql) => deleteOldMessages(sql, keepSourcesDays, limit)),
          );
      } catch (error) {
        log.debug({ err: error }, "cannot sweep ended jobs");
      }
      await sleep(sweepMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  /** Deletes what has expired in small steps. After each step it rests as long as the step took: requests come first. */
  async function deleteAll(deleteSome: (sql: Sql, limit: number) => Promise<number>): Promise<void> {
    while (!stopping.signal.aborted) {
      const startedMs = performance.now();
      if ((await deleteSome(database, sweptAtOnce)) < sweptAtOnce) return;
      await sleep(performance.now() - startedMs);
    }
  }
}
