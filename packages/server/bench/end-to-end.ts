// Trivial jobs from the first POST to the end of the last, compared with two queue libraries on PostgreSQL.
import { makeWorkerUtils, run, Logger as GraphileLogger } from "graphile-worker";
import { PgBoss } from "pg-boss";
import { durationMs, inTurns, ratePerSecond } from "./clock.ts";
import { openHttpLoad } from "./http-load.ts";
import { startServer } from "./server-process.ts";
import { untilAllJobsEnded, type BenchStore } from "./store.ts";
import { printPost, trivial } from "./wire.ts";

const clients = 64;
const connections = 16;

/**
 * Jobs per second. Our worker has the given places. The queues enqueue one by one, several in flight, then drain with
 * the settings that suit them best.
 */
export async function measureEndToEnd(
  store: BenchStore,
  jobs: number,
  places: number,
): Promise<Record<"ours" | "pgBoss" | "graphileWorker", number>> {
  const server = await startServer("serve", store.url, { MEMLANE_WORKER_CONCURRENCY: String(places) });
  const load = await openHttpLoad(server.url, clients);
  const post = printPost("/v1/memories", trivial);
  const boss = new PgBoss({ connectionString: store.url, max: connections });
  boss.on("error", (error) => console.error(error));
  await boss.start();
  await boss.createQueue("trivial");
  const graphile = {
    connectionString: store.url,
    maxPoolSize: connections,
    logger: new GraphileLogger(() => () => {}),
  };
  const utils = await makeWorkerUtils(graphile);
  await utils.migrate();

  const jobsPerSecond = (tookMs: number) => (jobs / tookMs) * 1000;
  const rates = await inTurns(3, {
    async ours() {
      const tookMs = await durationMs(async () => {
        await ratePerSecond(jobs, clients, () => load.ask(post, 202));
        await untilAllJobsEnded(store.database);
      });
      return jobsPerSecond(tookMs);
    },
    async pgBoss() {
      const { promise: done, count } = countDown(jobs);
      const tookMs = await durationMs(async () => {
        await ratePerSecond(jobs, clients, () => boss.send("trivial", trivial));
        await boss.work("trivial", { batchSize: 500, pollingIntervalSeconds: 0.5 }, async (batch) =>
          count(batch.length),
        );
        await done;
      });
      await boss.offWork("trivial");
      return jobsPerSecond(tookMs);
    },
    async graphileWorker() {
      const { promise: done, count } = countDown(jobs);
      let stop = async () => {};
      const tookMs = await durationMs(async () => {
        await ratePerSecond(jobs, clients, () => utils.addJob("trivial", trivial));
        const runner = await run({
          ...graphile,
          noHandleSignals: true,
          taskList: { trivial: async () => count(1) },
          preset: { worker: { concurrentJobs: 4, localQueue: { size: 500 } } },
        });
        stop = () => runner.stop();
        await done;
      });
      await stop();
      return jobsPerSecond(tookMs);
    },
  });
  await boss.stop();
  await utils.release();
  load.close();
  await server.stop();
  return rates;
}

function countDown(from: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = from;
  const count = (done: number) => {
    left -= done;
    if (left === 0) resolve();
  };
  return { promise, count };
}
