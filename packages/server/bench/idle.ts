// Measures how long a job takes on an idle server, compared with the SQL statements that every queue on PostgreSQL needs.
import { connectPostgres } from "../src/database/postgres.ts";
import { createLogger } from "../src/logging/logger.ts";
import { newId } from "../src/base/new-id.ts";
import { durationMs, inTurns, quantile, type Compared } from "./clock.ts";
import { openHttpLoad } from "./http-load.ts";
import { startServer } from "./server-process.ts";
import type { BenchStore } from "./store.ts";
import { printPost, trivial } from "./wire.ts";

const channel = "bench_idle";

/** The medians in milliseconds: from POST to the answer that the job succeeded, and of insert, notify and update. */
export async function measureIdle({ url }: BenchStore, jobs: number): Promise<Compared> {
  const server = await startServer("serve", url);
  const load = await openHttpLoad(server.url, 1);
  const database = connectPostgres({ url, log: createLogger("silent") });
  let hear = (_id: string) => {};
  const stopListening = await database.listen(channel, (id) => hear(id ?? ""));
  const post = printPost("/v1/memories?wait=true", trivial);

  const statements = async () => {
    const id = newId();
    const heard = new Promise<string>((resolve) => (hear = resolve));
    await database.query(
      {
        name: "idle insert",
        text: "insert into memlane.job (id, org_id, kind, request, due_at) values ($1, 'bench', 'ingest', '{}', 'infinity')",
      },
      [id],
    );
    await database.query({ name: "idle notify", text: "select pg_notify($1, $2)" }, [channel, id]);
    await heard;
    await database.query(
      {
        name: "idle update",
        text: `update memlane.job set state = 'succeeded', result = '{}', expires_at = now() + keep_for where id = $1`,
      },
      [id],
    );
  };
  const succeed = async () => {
    const body = await load.ask(post, 200);
    if (!body.includes('"succeeded"')) throw new Error(`the job did not succeed: ${body}`);
  };
  const median = (work: () => Promise<void>) => async () => {
    const tookMs: number[] = [];
    for (let job = 0; job < jobs; job += 1) tookMs.push(await durationMs(work));
    return quantile(tookMs, 0.5);
  };
  const medians = await inTurns(5, { ours: median(succeed), bare: median(statements) });
  stopListening();
  await database.close();
  load.close();
  await server.stop();
  return medians;
}
