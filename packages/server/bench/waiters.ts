// Many long-polls on one API process. Each is for its own job, which this process ends.
import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { jobIds, type JobId } from "@memlane/core";
import { startTestServer } from "@memlane/server/testing";
import { newId } from "../src/base/new-id.ts";
import { claimJobs } from "../src/store/claim-jobs.ts";
import { succeedIngest } from "../src/jobs/end-job.ts";
import { insertJobs } from "../src/store/insert-jobs.ts";
import { openJobSignals } from "../src/jobs/job-signals.ts";
import type { BenchStore } from "./store.ts";
import { jobDefaults } from "../test/default-options.ts";

const nothing = { created: [], updated: [], supersededBy: {}, stageTimings: {}, ignoredGroupIds: [] };

/**
 * Milliseconds from the commit of each job's end to the answer of its long-poll, with `count`
 * long-polls at once.
 */
export async function measureWaiters(
  { database, url, directory }: BenchStore,
  count: number,
): Promise<number[]> {
  const environment = { DATABASE_URL: url, MEMLANE_LOG_LEVEL: "info" };
  const api = await startTestServer({ command: "api", environment, dataDirectory: directory });
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const signals = await openJobSignals(database);
  try {
    const ids = Array.from({ length: count }, () => newId() as JobId);
    const rows = ids.map((id) => ({
      job: { id, orgId: api.orgId, kind: "ingest" as const, request: {}, received: 0 },
      json: "{}",
    }));
    for (let from = 0; from < count; from += 1000)
      await insertJobs(database, rows.slice(from, from + 1000), jobDefaults.keepHours);
    const jobs = await claimJobs(database, count, 600_000);

    const endedMs = new Map<JobId, number>();
    const headers = { "x-api-key": api.apiKey, "x-org-id": api.orgId };
    const waiting = jobs.map(
      ({ id }) =>
        new Promise<number>((resolve, reject) => {
          const request = get(
            `${api.url}/v1/memories/jobs/${jobIds.print(id)}?wait=30`,
            { agent, headers },
            (response) => {
              let text = "";
              response.on("data", (chunk: Buffer) => (text += chunk.toString()));
              response.on("end", () => {
                if (text.includes('"succeeded"')) resolve(performance.now() - endedMs.get(id)!);
                else reject(new Error(`a long-poll got ${response.statusCode} ${text}`));
              });
            },
          );
          request.on("error", reject);
        }),
    );
    const all = Promise.all(waiting);
    all.catch(() => {}); // it is awaited below, when the jobs have ended
    await sleep(500 + count); // until all of them are open: an API accepts some thousand requests per second

    for (const job of jobs) {
      const ended = await succeedIngest(database, job, nothing);
      endedMs.set(job.id, performance.now());
      signals.announceEnded(ended!);
    }
    return await all;
  } finally {
    agent.destroy();
    await signals.close();
    await api.stop();
  }
}
