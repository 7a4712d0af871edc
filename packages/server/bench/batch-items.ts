// How fast the items of batches become memories, beside multi-row inserts of the same rows.
import { setTimeout as sleep } from "node:timers/promises";
import { connectPostgres } from "../src/database/postgres.ts";
import { createLogger } from "../src/logger.ts";
import { newId } from "../src/new-id.ts";
import { inTurns, ratePerSecond } from "./clock.ts";
import { hasUnfinishedJobs } from "./end-to-end.ts";
import { openHttpLoad, printRequest } from "./http-load.ts";
import type { Compared } from "./over-http.ts";
import { credentials, startServer } from "./server-process.ts";
import type { BenchStore } from "./store.ts";

const itemsPerBatch = 500;
const inFlight = 4; // as many as a worker has places

/** Items a second, from the first POST to the end of the last batch, beside the bare insert. */
export async function measureBatchItems({ url }: BenchStore, batches: number): Promise<Compared> {
  const server = await startServer("serve", url);
  const load = await openHttpLoad(server.url, inFlight);
  const database = connectPostgres({ url, log: createLogger("silent") });
  const items = Array.from({ length: itemsPerBatch }, (_, index) => ({
    content: `Item ${index} of an import says that its author likes the number ${index * 7919}.`,
    user_id: `user ${index % 50}`,
  }));
  const post = printRequest("POST", "/v1/batch", credentials, JSON.stringify({ memories: items }));
  const toItems = (batchesPerSecond: number) => batchesPerSecond * itemsPerBatch;
  const rates = await inTurns(3, {
    async ours() {
      const startedMs = performance.now();
      await ratePerSecond(batches, inFlight, async () => {
        const { status, body } = await load.ask(post);
        if (status !== 202) throw new Error(`POST answered ${status}: ${body}`);
      });
      while (await hasUnfinishedJobs(database)) await sleep(5);
      return toItems((batches / (performance.now() - startedMs)) * 1000);
    },
    async bare() {
      const rate = await ratePerSecond(batches, inFlight, () =>
        database.query(
          `insert into memlane.memory (org_id, id, type, text, user_id)
           select 'bench', id, 'fact', text, user_id from unnest($1::uuid[], $2::text[], $3::text[]) as item (id, text, user_id)`,
          [
            items.map(() => newId()),
            items.map(({ content }) => content),
            items.map(({ user_id }) => user_id),
          ],
        ),
      );
      return toItems(rate);
    },
  });
  await database.close();
  load.close();
  await server.stop();
  return rates;
}
