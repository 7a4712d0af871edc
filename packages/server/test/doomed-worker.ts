// A worker in its own process, whose jobs may kill it. The request of a job names what the job does.
import { setTimeout as sleep } from "node:timers/promises";
import { createLogger } from "../src/logging/logger.ts";
import { succeedIngest } from "../src/jobs/end-job.ts";
import { openDatabase } from "../src/open-database.ts";
import { openJobSignals } from "../src/jobs/job-signals.ts";
import { startWatchdog } from "../src/worker/watchdog.ts";
import { startWorker } from "../src/worker/worker.ts";
import { workerDefaults } from "./default-options.ts";

/** What a job of this worker can do. */
export type Doing = "work" | "kill the worker" | "block the worker";

const log = createLogger("silent");
const database = await openDatabase({ databaseUrl: process.argv[2], dataDirectory: "", as: "owner", log });
const result = { created: [], updated: [], supersededBy: {}, stageTimings: {}, ignoredGroupIds: [] };
startWatchdog(500);
startWorker({
  database,
  signals: await openJobSignals(database),
  runJob: async (job) => {
    const doing = job.request as Doing;
    await sleep(100); // so that jobs claimed together also run together
    if (doing === "kill the worker") process.kill(process.pid, "SIGKILL");
    if (doing === "block the worker") for (;;);
    await sleep(200);
    return succeedIngest(database, job, result);
  },
  log,
  ...workerDefaults,
  leaseMs: 300,
  maximumAttempts: 2,
});
