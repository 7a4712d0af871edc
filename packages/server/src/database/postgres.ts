// The `Database` interface on node-postgres.
import { Pool, type PoolClient, type QueryResultRow } from "pg";
import type { Logger } from "pino";
import type { Database, Prepared, StatementOptions } from "./database.ts";
import { within } from "../base/within.ts";
import { cancelStatement } from "./cancel-statement.ts";
import { createListener } from "./listener.ts";
import { poolSize } from "./org-shares.ts";

const connectMs = 5000;
const closeMs = 2000;

/** Callbacks for statements and connections. */
export interface ObserveDatabase {
  /** Called after each statement, even if it failed. Only prepared statements have a name. */
  readonly statement: (name: string | undefined, ms: number) => void;
  /** Gets a function that reads the numbers of connections at any time. */
  readonly connections: (read: () => { open: number; idle: number; waiting: number }) => void;
}

/** How to reach a PostgreSQL server. */
export interface PostgresOptions {
  readonly url: string;
  /** Connections in the pool. @default 10 */
  readonly connections?: number;
  /** How long a statement may take, in milliseconds. @default 10_000 */
  readonly statementMs?: number;
  /** How long a transaction may be idle before the server rolls it back, in milliseconds. @default 10_000 */
  readonly idleInTransactionMs?: number;
  readonly observe?: ObserveDatabase | undefined;
  readonly log: Logger;
}

/**
 * How much longer than the server the client waits, in milliseconds, before it closes a connection
 * that does not answer.
 */
const silenceMs = 2000;

/**
 * How long a statement waits for a lock, in milliseconds. Shorter than the statement's time-out, so
 * that the error names the lock.
 */
const lockMs = 5000;

/** Opens a pool of connections, and one more connection at the first `listen`. */
export function connectPostgres({
  url,
  connections = poolSize,
  statementMs = 10_000,
  idleInTransactionMs = 10_000,
  observe,
  log,
}: PostgresOptions): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    query_timeout: statementMs + silenceMs,
    application_name: "memlane",
    // Sent as a statement, because poolers refuse these parameters when a connection starts.
    async onConnect(client) {
      const text = `set statement_timeout = ${statementMs};
        set lock_timeout = ${Math.min(lockMs, statementMs)};
        set idle_in_transaction_session_timeout = ${idleInTransactionMs}`;
      const settings = { text, query_timeout: connectMs };
      await client.query(settings);
    },
  });
  pool.on("error", (error) => log.warn({ err: error }, "an idle database connection broke"));
  // While a connection is in use, the pool does not handle its errors, and an unhandled error would
  // end the process. The next statement on it fails anyway.
  pool.on("connect", (client) => client.on("error", () => {}));
  observe?.connections(() => ({
    open: pool.totalCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  }));
  const listener = createListener(url, log);
  const cancelled = new WeakSet<PoolClient>();

  async function run<Row>(
    client: PoolClient,
    statement: string | Prepared,
    parameters: readonly unknown[] = [],
    { signal }: StatementOptions = {},
    clientMs?: number,
  ): Promise<Row[]> {
    signal?.throwIfAborted();
    const cancel = () => {
      cancelled.add(client);
      cancelStatement(client);
    };
    signal?.addEventListener("abort", cancel, { once: true });
    const prepared = typeof statement === "string" ? { text: statement } : statement;
    try {
      const sent = { ...prepared, values: [...parameters], query_timeout: clientMs };
      const result = await client.query<Row & QueryResultRow>(sent);
      return result.rows;
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }

  async function observed<Row>(statement: string | Prepared, work: () => Promise<Row[]>): Promise<Row[]> {
    const startedMs = performance.now();
    try {
      return await work();
    } finally {
      const name = typeof statement === "string" ? undefined : statement.name;
      observe?.statement(name, performance.now() - startedMs);
    }
  }

  const release = (client: PoolClient, isBroken: boolean) =>
    client.release(isBroken || cancelled.has(client));

  return {
    query: (statement, parameters, options) =>
      observed(statement, async () => {
        const client = await pool.connect();
        let isBroken = true;
        try {
          const rows = await run<never>(client, statement, parameters, options);
          isBroken = false;
          return rows;
        } finally {
          release(client, isBroken);
        }
      }),
    async transaction(work, { statementMs: longerMs } = {}) {
      const client = await pool.connect();
      let isBroken = false;
      try {
        await client.query("begin");
        if (longerMs !== undefined) {
          await client.query(
            `set local statement_timeout = ${longerMs}; set local lock_timeout = ${longerMs}`,
          );
        }
        const clientMs = longerMs && longerMs + silenceMs;
        const result = await work({
          query: (statement, parameters, options) =>
            observed(statement, () => run(client, statement, parameters, options, clientMs)),
        });
        await client.query("commit");
        return result;
      } catch (error) {
        // A connection that does not answer would not answer a rollback either.
        isBroken =
          isSilence(error) ||
          (await client.query("rollback").then(
            () => false,
            () => true,
          ));
        throw error;
      } finally {
        release(client, isBroken);
      }
    },
    listen: listener.listen,
    async close() {
      // `pool.end` waits for every connection in use, even if one hangs.
      await within(closeMs, Promise.all([listener.close(), pool.end()]));
    },
  };
}

function isSilence(error: unknown): boolean {
  return error instanceof Error && error.message === "Query read timeout";
}
