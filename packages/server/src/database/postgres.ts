// The database port on node-postgres.
import { setTimeout as sleep } from "node:timers/promises";
import { Client, escapeIdentifier, Pool, type PoolClient, type QueryResultRow } from "pg";
import type { Logger } from "pino";
import type { Database, Prepared, Sql } from "./database.ts";

/** How to reach a PostgreSQL server. */
export interface PostgresOptions {
  readonly url: string;
  /** Connections in the pool. @default 10 */
  readonly connections?: number;
  readonly log: Logger;
}

type Hear = (payload: string | undefined) => void;

const sqlOf = (client: Pool | PoolClient): Sql => ({
  async query<Row>(statement: string | Prepared, parameters: readonly unknown[] = []) {
    const prepared = typeof statement === "string" ? { text: statement } : statement;
    const result = await client.query<Row & QueryResultRow>({ ...prepared, values: [...parameters] });
    return result.rows;
  },
});

/** A pool of connections, and one connection more once somebody listens. */
export function connectPostgres({ url, connections = 10, log }: PostgresOptions): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5000,
    application_name: "memlane",
  });
  pool.on("error", (error) => log.warn({ err: error }, "an idle database connection broke"));
  const hearers = new Map<string, Set<Hear>>();
  let listener: Promise<Client> | undefined;
  let closed = false;

  async function openListener(): Promise<Client> {
    const client = new Client({
      connectionString: url,
      keepAlive: true,
      application_name: "memlane listener",
    });
    client.on("error", () => {}); // "end" follows
    await client.connect();
    client.on("end", () => void reopenListener());
    client.on("notification", ({ channel, payload }) =>
      hearers.get(channel)?.forEach((hear) => hear(payload)),
    );
    for (const channel of hearers.keys()) await client.query(`listen ${escapeIdentifier(channel)}`);
    return client;
  }

  async function reopenListener(): Promise<void> {
    while (!closed) {
      try {
        const opened = await openListener();
        listener = Promise.resolve(opened);
        if (closed) await opened.end();
        hearers.forEach((hears) => hears.forEach((hear) => hear(undefined)));
        return;
      } catch (error) {
        log.debug({ err: error }, "cannot listen to the database yet");
        await sleep(250);
      }
    }
  }

  return {
    ...sqlOf(pool),
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      // Between two statements nobody else would hear that the connection broke, and it would end the process.
      const hearBreak = (error: Error) => (broken = error);
      client.on("error", hearBreak);
      try {
        await client.query("begin");
        const result = await work(sqlOf(client));
        await client.query("commit");
        return result;
      } catch (error) {
        await client.query("rollback").catch((failure: Error) => (broken = failure));
        throw error;
      } finally {
        client.off("error", hearBreak);
        client.release(broken);
      }
    },
    async listen(channel, hear) {
      const hears = hearers.get(channel) ?? new Set();
      hearers.set(channel, hears.add(hear));
      const opened = listener;
      if (opened === undefined) await (listener = openListener());
      else await (await opened).query(`listen ${escapeIdentifier(channel)}`);
      return () => void hears.delete(hear);
    },
    async close() {
      closed = true;
      await (await listener?.catch(() => undefined))?.end().catch(() => {});
      await pool.end();
    },
  };
}
