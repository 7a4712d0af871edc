// Checks a user's own PostgreSQL server, and the connection to it.
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { within } from "../base/within.ts";
import type { Database, Sql } from "./database.ts";
import { readHosts, tryHosts } from "./hosts.ts";

const leastVersion = 14;
const patienceMs = 5000;
const channel = "memlane_check";

/** @throws Error that says what to do if the server is too old, or its database cannot store every text */
export async function checkServer(sql: Sql): Promise<void> {
  const [server] = await sql.query<{ name: string; encoding: string; version: number }>(
    `select current_database() as name, current_setting('server_encoding') as encoding,
       current_setting('server_version_num')::integer / 10000 as version`,
  );
  const { name, encoding, version } = server!;
  if (version < leastVersion) {
    throw new Error(
      `Memlane needs PostgreSQL ${leastVersion} or newer, and this server is a PostgreSQL ${version}.`,
    );
  }
  if (encoding !== "UTF8") {
    throw new Error(
      `The database ${name} has the encoding ${encoding}, which cannot store every text: ` +
        `make one with "create database … encoding 'UTF8' template template0".`,
    );
  }
}

/** @throws Error that says what to do if the server only reads */
export async function checkWritable(sql: Sql): Promise<void> {
  const [server] = await sql.query<{ isReadOnly: boolean }>(
    `select current_setting('transaction_read_only')::boolean as "isReadOnly"`,
  );
  if (!server!.isReadOnly) return;
  throw new Error(
    "This PostgreSQL only reads, as a standby does: name the primary, or all hosts with commas between them.",
  );
}

/**
 * Sends a notification and waits for it. It gets lost if a pooler gives each transaction another
 * connection.
 *
 * @throws Error that says what to do
 */
export async function checkNotifications(database: Database, hasDirectUrl: boolean): Promise<void> {
  const sent = randomUUID();
  const { promise: heard, resolve } = Promise.withResolvers<true>();
  const stop = await database.listen(channel, (payload) => {
    if (payload === sent) resolve(true);
  });
  await database.query("select pg_notify($1, $2)", [channel, sent]);
  const isHeard = await within(patienceMs, heard);
  stop();
  if (isHeard) return;
  throw new Error(
    hasDirectUrl
      ? "DATABASE_URL and MEMLANE_DATABASE_DIRECT_URL must lead to the same database, and the second without a pooler: " +
          "a notification was lost between them."
      : "DATABASE_URL leads through a pooler that loses notifications, such as PgBouncer in transaction mode: " +
          "set MEMLANE_DATABASE_DIRECT_URL to the same database without the pooler.",
  );
}

/** @throws Error that says what to do if connections through a pooler do not find the extension pg_trgm */
export async function checkSearchPath(sql: Sql): Promise<void> {
  const [found] = await sql.query<{ schema: string; inReach: boolean; user: string }>(
    `select quote_ident(nspname) as schema, to_regproc('similarity') is not null as "inReach",
       quote_ident(current_user) as user
     from pg_extension join pg_namespace as schema on schema.oid = extnamespace
     where extname = 'pg_trgm'`,
  );
  if (found === undefined || found.inReach) return;
  throw new Error(
    `The extension pg_trgm is in the schema ${found.schema}, which a pooler in transaction mode does not find: ` +
      `run "alter role ${found.user} set search_path = public, ${found.schema}" and let the pooler connect again.`,
  );
}

/**
 * Prepares statements of the same names from several clients. A pooler that does not keep them apart
 * fails as soon as two clients of a round get the same connection; if it is busy with other work, they
 * do so only now and then.
 *
 * @throws Error that says what to do if a pooler mixes up the prepared statements of two clients
 */
export async function checkPreparedStatements(url: string): Promise<void> {
  const clients: Client[] = [];
  try {
    for (let index = 0; index < 3; index += 1) {
      const client = await tryHosts(readHosts(url), async (connectionString) => {
        const opened = new Client({ connectionString, connectionTimeoutMillis: patienceMs });
        opened.on("error", () => {});
        await opened.connect();
        return opened;
      });
      clients.push(client);
    }
    for (let round = 0; round < 20; round += 1) {
      for (const client of clients) {
        await client.query({ name: `memlane_check_${round}`, text: "select 1" });
      }
    }
  } catch (cause) {
    const message =
      "The pooler of DATABASE_URL does not keep prepared statements apart: leave MEMLANE_DATABASE_PREPARED out, " +
      "or set max_prepared_statements of PgBouncer 1.21 or newer.";
    throw new Error(message, { cause });
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}
