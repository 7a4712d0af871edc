// What an API process answers to 64 clients, beside the least that its database and its framework need for the same.
import { jobIds, type JobId } from "@memlane/core";
import { connectPostgres } from "../src/database/postgres.ts";
import { createLogger } from "../src/logger.ts";
import { newId } from "../src/new-id.ts";
import { inTurns, ratePerSecond } from "./clock.ts";
import { readIds } from "./ended-jobs.ts";
import { openHttpLoad, printRequest } from "./http-load.ts";
import { credentials, startProcess, startServer } from "./server-process.ts";
import type { BenchStore } from "./store.ts";

/** A rate, and that of what it is held against. */
export interface Compared {
  readonly ours: number;
  readonly bare: number;
}

const clients = 64;
const insertsInFlight = 16;
const rounds = 5;
const conversation = JSON.stringify({
  messages: [{ role: "user", content: "I live in Oslo." }],
  user_id: "ann",
  conv_id: "c",
});

/** Requests a second: POST beside bare inserts of the same row, GET beside a bare route. */
export async function measureOverHttp(
  { url }: BenchStore,
  requests: number,
): Promise<{ posts: Compared; gets: Compared }> {
  const database = connectPostgres({ url, connections: insertsInFlight, log: createLogger("silent") });
  const api = await startServer("api", url);
  const route = await startProcess(new URL("bare-route.ts", import.meta.url), (port) => [url, `${port}`], {});
  const [load, routeLoad] = [await openHttpLoad(api.url, clients), await openHttpLoad(route.url, clients)];

  const post = printRequest("POST", "/v1/memories", credentials, conversation);
  const posts = await inTurns(rounds, {
    ours: () =>
      ratePerSecond(requests, clients, async () => {
        const { status, body } = await load.ask(post);
        if (status !== 202) throw new Error(`POST answered ${status}: ${body}`);
      }),
    bare: () =>
      ratePerSecond(requests, insertsInFlight, () =>
        database.query(
          {
            name: "bare insert",
            text: "insert into memlane.job (id, org_id, kind, request) values ($1, 'bench', 'ingest', $2)",
          },
          [newId() as JobId, conversation],
        ),
      ),
  });

  const ids = await readIds(database, 10_000);
  const gets = await inTurns(rounds, {
    ours: () =>
      ratePerSecond(requests, clients, async (index) => {
        const id = jobIds.print(ids[index % ids.length]!);
        const { status } = await load.ask(printRequest("GET", `/v1/memories/jobs/${id}`, credentials));
        if (status !== 200) throw new Error(`GET answered ${status}`);
      }),
    bare: () =>
      ratePerSecond(requests, clients, async (index) => {
        const { status } = await routeLoad.ask(printRequest("GET", `/jobs/${ids[index % ids.length]}`, {}));
        if (status !== 200) throw new Error(`the bare route answered ${status}`);
      }),
  });

  load.close();
  routeLoad.close();
  await Promise.all([api.stop(), route.stop()]);
  await database.close();
  return { posts, gets };
}
