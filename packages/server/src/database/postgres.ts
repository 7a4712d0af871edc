// The database port on node-postgres.
import { Pool, type PoolClient, type QueryResultRow } from "pg";
import type { Logger } from "pino";
import type { Database, Prepared, Sql } from "./database.ts";
import { within } from "../within.ts";
import { createListener } from "./listener.ts";

const closeMs = 2000;

/** Hears how a pool of connections fares. */
export interface ObserveDatabase {
  /** A statement was answered, or failed; the name is of those that are prepared. */
  readonly statement: (name: string | undefined, ms: number) => void;
  /** How many connections there are can be read here, at any time. */
  readonly connections: (read: () => { open: number; idle: number; waiting: number }) => void;
}

/** How to reach a PostgreSQL server. */
export interface PostgresOptions {
  readonly url: string;
  /** Connections in the pool. @default 10 */
  readonly connections?: number;
  /** How long a transaction may wait for its own process before it is undone, in milliseconds. @default 10_000 */
  readonly idleInTransactionMs?: number;
  readonly observe?: ObserveDatabase | undefined;
  readonly log: Logger;
}

const sqlOf = (client: Pool | PoolClient, observe: ObserveDatabase | undefined): Sql => ({
  async query<Row>(statement: string | Prepared, parameters: readonly unknown[] = []) {
    const prepared = typeof statement === "string" ? { text: statement } : statement;
    const startedMs = performance.now();
    try {
      const result = await client.query<Row & QueryResultRow>({ ...prepared, values: [...parameters] });
      return result.rows;
    } finally {
      observe?.statement("name" in prepared ? prepared.name : undefined, performance.now() - startedMs);
    }
  },
});

/** A pool of connections, and one connection more once somebody listens. */
export function connectPostgres({
  url,
  connections = 10,
  idleInTransactionMs = 10_000,
  observe,
  log,
}: PostgresOptions): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5000,
    application_name: "memlane",
    // A process that stands still in a transaction would keep others from what it locked, a lease or not.
    idle_in_transaction_session_timeout: idleInTransactionMs,
  });
  pool.on("error", (error) => log.warn({ err: error }, "an idle database connection broke"));
  // While somebody has a connection nobody else hears that it breaks, which would end the process. The next statement fails.
  pool.on("connect", (client) => client.on("error", () => {}));
  observe?.connections(() => ({
    open: pool.totalCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  }));
  const listener = createListener(url, log);
  return {
    ...sqlOf(pool, observe),
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query("begin");
        const result = await work(sqlOf(client, observe));
        await client.query("commit");
        return result;
      } catch (error) {
        await client.query("rollback").catch((failure: Error) => (broken = failure));
        throw error;
      } finally {
        client.release(broken);
      }
    },
    listen: listener.listen,
    async close() {
      // It waits for whoever holds a connection, also for one that hangs.
      await within(closeMs, Promise.all([listener.close(), pool.end()]));
    },
  };
}
