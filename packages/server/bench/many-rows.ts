// Measures a poll with a long and with a short table of jobs.
import { jobIds } from "@memlane/core";
import { durationMs, inTurns, quantile, ratePerSecond } from "./clock.ts";
import { insertEndedJobs, readIds } from "./ended-jobs.ts";
import { openHttpLoad } from "./http-load.ts";
import { startServer } from "./server-process.ts";
import { withStore, type BenchStore } from "./store.ts";
import { printPoll } from "./wire.ts";

const clients = 4;
const polls = 4000;

/** The median of a poll in milliseconds, for each number of jobs. */
export async function measureManyRows(few: number, many: number): Promise<{ few: number; many: number }> {
  return withStore((small) =>
    withStore(async (large) => {
      await insertEndedJobs(small.database, few, "1 day");
      await insertEndedJobs(large.database, many, "1 day");
      const [askSmall, askLarge] = [await openTable(small), await openTable(large)];
      const medians = await inTurns(5, {
        few: () => askSmall.median(),
        many: () => askLarge.median(),
      });
      await Promise.all([askSmall.close(), askLarge.close()]);
      return medians;
    }),
  );
}

async function openTable({ database, url }: BenchStore) {
  const ids = await readIds(database, 10_000);
  const api = await startServer("api", url);
  const load = await openHttpLoad(api.url, clients);
  return {
    async median() {
      const tookMs: number[] = [];
      await ratePerSecond(polls, clients, async (index) => {
        const poll = printPoll(jobIds.print(ids[index % ids.length]!));
        tookMs.push(await durationMs(() => load.ask(poll, 200)));
      });
      return quantile(tookMs, 0.5);
    },
    async close() {
      load.close();
      await api.stop();
    },
  };
}
