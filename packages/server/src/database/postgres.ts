// The `Database` interface on node-postgres.
import { Client, DatabaseError, Pool, type ClientConfig, type PoolClient, type QueryResultRow } from "pg";
import type { Logger } from "pino";
import type { Database, Prepared, StatementOptions } from "./database.ts";
import { within } from "../base/within.ts";
import { cancelStatement } from "./cancel-statement.ts";
import { readHosts, tryHosts } from "./hosts.ts";
import { createListener } from "./listener.ts";
import { poolSize } from "./org-shares.ts";
import { isReadOnly } from "./read-only.ts";
import { requireWritable, sessionSettings, timeouts } from "./session.ts";
import { createUnconfirmedCommits } from "./unconfirmed-commits.ts";

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
  /** One server, or several of which one can write. */
  readonly url: string;
  /**
   * The same database without a pooler, for notifications. If it is given, `url` is expected to be a
   * pooler that gives each transaction any of its connections. @default `url`
   */
  readonly directUrl?: string | undefined;
  /** Whether statements are prepared under their names. @default only without a `directUrl` */
  readonly preparesStatements?: boolean | undefined;
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

/** Opens a pool of connections, and one more connection at the first `listen`. */
export function connectPostgres({
  url,
  directUrl,
  preparesStatements = directUrl === undefined,
  connections = poolSize,
  statementMs = 10_000,
  idleInTransactionMs = 10_000,
  observe,
  log,
}: PostgresOptions): Database {
  const hosts = readHosts(url);
  const isPooled = directUrl !== undefined;
  const limits = { statementMs, idleInTransactionMs };
  const pool = new Pool({
    Client: class extends Client {
      constructor(config?: ClientConfig) {
        super({ ...config, connectionString: hosts.current() });
      }
    },
    max: connections,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    query_timeout: statementMs + silenceMs,
    application_name: "memlane",
    async onConnect(client) {
      const settings = { text: sessionSettings(limits, isPooled), query_timeout: connectMs };
      await client.query(settings);
      if (hosts.mustWrite) await requireWritable(client, connectMs);
    },
  });
  const connect = () => tryHosts(hosts, () => pool.connect());
  const commits = createUnconfirmedCommits();
  pool.on("error", (error) => log.warn({ err: error }, "an idle database connection broke"));
  // While a connection is in use, the pool does not handle its errors, and an unhandled error would
  // end the process. The next statement on it fails anyway.
  pool.on("connect", (client) => {
    client.on("error", () => {});
    commits.watch(client);
  });
  observe?.connections(() => ({
    open: pool.totalCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  }));
  const listener = createListener(directUrl === undefined ? hosts : readHosts(directUrl), log);
  const cancelled = new WeakSet<PoolClient>();

  async function run<Row>(
    client: PoolClient,
    statement: string | Prepared,
    parameters: readonly unknown[] = [],
    { signal }: StatementOptions = {},
    clientMs?: number,
  ): Promise<Row[]> {
    signal?.throwIfAborted();
    let cancelling: Promise<boolean> | undefined;
    const cancel = () => {
      cancelling = cancelStatement(client);
    };
    signal?.addEventListener("abort", cancel, { once: true });
    const { text, name } = typeof statement === "string" ? { text: statement } : statement;
    try {
      const sent = {
        name: preparesStatements ? name : undefined,
        text,
        values: [...parameters],
        query_timeout: clientMs,
      };
      const result = await client.query<Row & QueryResultRow>(sent);
      return result.rows;
    } finally {
      signal?.removeEventListener("abort", cancel);
      // A pooler may answer before the server has done it.
      if (cancelling !== undefined && (isPooled || !(await cancelling))) cancelled.add(client);
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

  /** The time-out of a statement outside of a transaction, if a pooler would lose a setting of the session. */
  const limited = ({ signal }: StatementOptions = {}): StatementOptions => {
    const timeout = AbortSignal.timeout(statementMs);
    return { signal: signal ? AbortSignal.any([signal, timeout]) : timeout };
  };
  const release = (client: PoolClient, isBroken: boolean) =>
    client.release(isBroken || cancelled.has(client));

  return {
    query: (statement, parameters, options) =>
      observed(statement, async () => {
        const client = await connect();
        let isBroken = false;
        try {
          const rows = await run<never>(client, statement, parameters, isPooled ? limited(options) : options);
          commits.check(client);
          return rows;
        } catch (error) {
          isBroken = !options?.signal?.aborted && !isOfStatementAlone(error);
          throw error;
        } finally {
          release(client, isBroken);
        }
      }),
    async transaction(work, { statementMs: longerMs } = {}) {
      const client = await connect();
      let isBroken = false;
      try {
        await client.query(isPooled ? `begin; ${timeouts(limits, "local")}` : "begin");
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
        commits.check(client);
        return result;
      } catch (error) {
        // A connection that does not answer would not answer a rollback either. The next connection
        // after one to a standby may find the primary.
        isBroken =
          isSilence(error) ||
          isReadOnly(error) ||
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

/**
 * Whether an error says nothing about its connection: bad values, a broken rule of a table, a deadlock, a lock that was not free, or
 * a cancelled statement. After other errors a new connection may do better, because it finds another server or makes new plans.
 */
function isOfStatementAlone(error: unknown): boolean {
  return error instanceof DatabaseError && /^(?:22|23|40P01|55P03|57014)/.test(error.code ?? "");
}

function isSilence(error: unknown): boolean {
  return error instanceof Error && error.message === "Query read timeout";
}
