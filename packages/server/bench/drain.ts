// Measures how fast a worker does trivial jobs.
import type { JobId } from "@memlane/core";
import type { Database } from "../src/database/database.ts";
import { createLogger } from "../src/logging/logger.ts";
import { newId } from "../src/base/new-id.ts";
import { succeedIngest } from "../src/jobs/end-job.ts";
import { insertJobs } from "../src/store/insert-jobs.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { openJobSignals } from "../src/jobs/job-signals.ts";
import { startWorker } from "../src/worker/worker.ts";
import { jobDefaults, workerDefaults } from "../test/default-options.ts";

const nothing = { created: [], updated: [], supersededBy: {}, stageTimings: {}, ignoredGroupIds: [] };

/** Jobs per second in one process, for a number of organisations and places. */
export async function measureDrain(
  database: Database,
  jobs: number,
  orgs: number,
  concurrency: number,
): Promise<number> {
  await database.query("truncate memlane.job cascade");
  for (let org = 0; org < orgs; org += 1) await insertOrg(database, `org-${org}`);
  const rows = Array.from({ length: jobs }, (_, index) => ({
    job: {
      id: newId() as JobId,
      orgId: `org-${index % orgs}`,
      kind: "ingest" as const,
      request: {},
      received: 0,
    },
    json: "{}",
  }));
  for (let from = 0; from < jobs; from += 1000)
    await insertJobs(database, rows.slice(from, from + 1000), jobDefaults.keepHours);

  const signals = await openJobSignals(database);
  let left = jobs;
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const startedMs = performance.now();
  const worker = startWorker({
    database,
    signals,
    runJob: async (job) => {
      const ended = await succeedIngest(database, job, nothing);
      left -= 1;
      if (left === 0) finish();
      return ended;
    },
    log: createLogger("silent"),
    ...workerDefaults,
    concurrency,
  });
  await finished;
  const seconds = (performance.now() - startedMs) / 1000;
  await worker.stop();
  await signals.close();
  return jobs / seconds;
}
