// Measures an API process under 64 clients, compared with the bare database and the bare framework.
import { jobIds } from "@memlane/core";
import { connectPostgres } from "../src/database/postgres.ts";
import { createLogger } from "../src/logging/logger.ts";
import { newId } from "../src/base/new-id.ts";
import { inTurns, ratePerSecond, type Compared } from "./clock.ts";
import { readIds } from "./ended-jobs.ts";
import { openHttpLoad } from "./http-load.ts";
import { startProcess, startServer } from "./server-process.ts";
import type { BenchStore } from "./store.ts";
import { conversationOf, printGet, printPoll, printPost } from "./wire.ts";

const clients = 64;
const insertsInFlight = 16;
const rounds = 5;
const conversation = conversationOf("I live in Oslo.");

/** Requests per second: POST and bare inserts of the same row, GET and a bare route. */
export async function measureOverHttp(
  { url }: BenchStore,
  requests: number,
): Promise<{ posts: Compared; gets: Compared }> {
  const database = connectPostgres({ url, connections: insertsInFlight, log: createLogger("silent") });
  const api = await startServer("api", url);
  const route = await startProcess(new URL("bare-route.ts", import.meta.url), (port) => [url, `${port}`], {});
  const [load, routeLoad] = [await openHttpLoad(api.url, clients), await openHttpLoad(route.url, clients)];

  const post = printPost("/v1/memories", conversation);
  const posts = await inTurns(rounds, {
    ours: () => ratePerSecond(requests, clients, () => load.ask(post, 202)),
    bare: () =>
      ratePerSecond(requests, insertsInFlight, () =>
        database.query(
          {
            name: "bare insert",
            text: "insert into memlane.job (id, org_id, kind, request) values ($1, 'bench', 'ingest', $2)",
          },
          [newId(), JSON.stringify(conversation)],
        ),
      ),
  });

  const ids = await readIds(database, 10_000);
  const gets = await inTurns(rounds, {
    ours: () =>
      ratePerSecond(requests, clients, (index) =>
        load.ask(printPoll(jobIds.print(ids[index % ids.length]!)), 200),
      ),
    bare: () =>
      ratePerSecond(requests, clients, (index) =>
        routeLoad.ask(printGet(`/jobs/${ids[index % ids.length]}`), 200),
      ),
  });

  load.close();
  routeLoad.close();
  await Promise.all([api.stop(), route.stop()]);
  await database.close();
  return { posts, gets };
}
