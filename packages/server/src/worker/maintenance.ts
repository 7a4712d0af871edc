// The regular upkeep of a worker's tables.
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import type { JobSignals } from "../jobs/job-signals.ts";
import { startSweep } from "../queue/sweep.ts";
import { finishErasures } from "../memories/finish-erasures.ts";
import { deleteOldAuditEvents } from "../store/audit-events.ts";
import { deleteOldMessages } from "../store/delete-messages.ts";
import { deleteOldKeys } from "../store/idempotency-keys.ts";
import { deleteExpiredJobs } from "../store/jobs.ts";
import { refreshStatistics } from "../store/refresh-statistics.ts";
import { shortenWaits } from "../store/shorten-waits.ts";
import { longestDelayMs } from "./retry-policy.ts";

/** The upkeep of a worker's tables. */
export interface Maintenance {
  /** Counts claimed jobs. After every `jobsPerRefresh` jobs it checks whether the planner's statistics are up to date. */
  readonly countClaimed: (count: number) => void;
  readonly stop: () => Promise<void>;
}

const jobsPerRefresh = 500; // claimed jobs between two checks of the planner's statistics

interface MaintenanceOptions {
  readonly leaseMs: number;
  /** The messages of episodes are deleted after this many days. @default never */
  readonly keepSourcesDays: number | undefined;
  /** Audit events are deleted after this many days; never if it is 0. */
  readonly keepAuditDays: number;
  readonly signals: JobSignals;
}

/** Starts the upkeep. */
export function startMaintenance(
  database: Database,
  log: Logger,
  { leaseMs, keepSourcesDays, keepAuditDays, signals }: MaintenanceOptions,
): Maintenance {
  let claimedCount = 0; // since the last check of the planner's statistics
  let refreshing: Promise<void> | undefined;
  const sweep = startSweep("ended jobs", log, async (deleteAll) => {
    await shortenWaits(database, Math.max(longestDelayMs, 2 * leaseMs));
    // Deletes keys first, so that no key refers to a deleted job.
    await deleteAll((limit) => deleteOldKeys(database, limit));
    await deleteAll((limit) => deleteExpiredJobs(database, limit));
    if (keepAuditDays > 0) await deleteAll((limit) => deleteOldAuditEvents(database, keepAuditDays, limit));
    if (keepSourcesDays === undefined) return;
    await deleteAll((limit) => database.transaction((sql) => deleteOldMessages(sql, keepSourcesDays, limit)));
  });
  const erasures = startSweep("unfinished erasures", log, (_, signal) =>
    finishErasures(database, signals.announceAll, () => signal.aborted),
  );

  return {
    countClaimed(count) {
      claimedCount += count;
      if (claimedCount >= jobsPerRefresh) refreshing ??= refresh();
    },
    async stop() {
      await Promise.all([sweep.stop(), erasures.stop()]);
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
}
