// Trivial jobs from the first POST to the end of the last, beside two queues on PostgreSQL without any service around them.
import { setTimeout as sleep } from "node:timers/promises";
import { makeWorkerUtils, run, Logger as GraphileLogger } from "graphile-worker";
import { PgBoss } from "pg-boss";
import type { Database } from "../src/database/database.ts";
import { inTurns, ratePerSecond } from "./clock.ts";
import { openHttpLoad, printRequest } from "./http-load.ts";
import { credentials, startServer } from "./server-process.ts";
import type { BenchStore } from "./store.ts";

const clients = 64;
const connections = 16;
const conversation = {
  messages: [{ role: "user", content: "Hello." }],
  user_id: "ann",
  conv_id: "c",
};

/** Jobs a second. The queues enqueue one by one, so many in flight, then drain with the settings that suit them best. */
export async function measureEndToEnd(
  store: BenchStore,
  jobs: number,
): Promise<Record<"ours" | "pgBoss" | "graphileWorker", number>> {
  const server = await startServer("serve", store.url);
  const load = await openHttpLoad(server.url, clients);
  const post = printRequest("POST", "/v1/memories", credentials, JSON.stringify(conversation));
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

  const seconds = async (work: () => Promise<void>) => {
    const startedMs = performance.now();
    await work();
    return (performance.now() - startedMs) / 1000;
  };
  const rates = await inTurns(3, {
    async ours() {
      const took = await seconds(async () => {
        await ratePerSecond(jobs, clients, async () => {
          const { status, body } = await load.ask(post);
          if (status !== 202) throw new Error(`POST answered ${status}: ${body}`);
        });
        while (await hasUnfinishedJobs(store.database)) await sleep(5);
      });
      return jobs / took;
    },
    async pgBoss() {
      const { promise: done, count } = countDown(jobs);
      const took = await seconds(async () => {
        await ratePerSecond(jobs, clients, () => boss.send("trivial", conversation));
        await boss.work("trivial", { batchSize: 500, pollingIntervalSeconds: 0.5 }, async (batch) =>
          count(batch.length),
        );
        await done;
      });
      await boss.offWork("trivial");
      return jobs / took;
    },
    async graphileWorker() {
      const { promise: done, count } = countDown(jobs);
      let stop = async () => {};
      const took = await seconds(async () => {
        await ratePerSecond(jobs, clients, () => utils.addJob("trivial", conversation));
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
      return jobs / took;
    },
  });
  await boss.stop();
  await utils.release();
  load.close();
  await server.stop();
  return rates;
}

/** Whether a job is still to be done. */
export async function hasUnfinishedJobs(database: Database): Promise<boolean> {
  const rows = await database.query("select from memlane.job where state in ('queued', 'active') limit 1");
  return rows.length > 0;
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
