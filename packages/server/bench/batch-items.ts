// Measures how fast items of batches become memories, compared with multi-row inserts of the same rows.
import { connectPostgres } from "../src/database/postgres.ts";
import { createLogger } from "../src/logging/logger.ts";
import { newId } from "../src/base/new-id.ts";
import { durationMs, inTurns, ratePerSecond, type Compared } from "./clock.ts";
import { openHttpLoad } from "./http-load.ts";
import { startServer } from "./server-process.ts";
import { untilAllJobsEnded, type BenchStore } from "./store.ts";
import { printPost } from "./wire.ts";

const itemsPerBatch = 500;
const inFlight = 4; // the number of a worker's places

/** Items per second from the first POST to the end of the last batch, and for the bare insert. */
export async function measureBatchItems({ url }: BenchStore, batches: number): Promise<Compared> {
  const server = await startServer("serve", url);
  const load = await openHttpLoad(server.url, inFlight);
  const database = connectPostgres({ url, log: createLogger("silent") });
  const items = Array.from({ length: itemsPerBatch }, (_, index) => ({
    content: `Item ${index} of an import says that its author likes the number ${index * 7919}.`,
    user_id: `user ${index % 50}`,
  }));
  const post = printPost("/v1/batch", { memories: items });
  const toItems = (batchesPerSecond: number) => batchesPerSecond * itemsPerBatch;
  const rates = await inTurns(3, {
    async ours() {
      const tookMs = await durationMs(async () => {
        await ratePerSecond(batches, inFlight, () => load.ask(post, 202));
        await untilAllJobsEnded(database);
      });
      return toItems((batches / tookMs) * 1000);
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
