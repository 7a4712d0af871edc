// A connection that copies whole tables. The server's pool is for short statements.
import { Client } from "pg";
import type { Sql } from "../database/database.ts";
import { readHosts, tryHosts } from "../database/hosts.ts";
import { requireWritable } from "../database/session.ts";

/** A connection, also as an `Sql`. */
export interface CopyConnection {
  readonly client: Client;
  readonly sql: Sql;
}

const connectMs = 10_000;

// The text of a value must be the same in every database, because it is compared.
const settings = `set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0;
  set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres'; set timezone = 'UTC';
  set extra_float_digits = 1; set bytea_output = 'hex'; set standard_conforming_strings = on`;

/** Connects, runs `work`, and closes the connection. */
export async function withCopyConnection<Result>(
  url: string,
  work: (connection: CopyConnection) => Promise<Result>,
): Promise<Result> {
  const hosts = readHosts(url);
  const client = await tryHosts(hosts, async (connectionString) => {
    const opened = new Client({
      connectionString,
      connectionTimeoutMillis: connectMs,
      keepAlive: true,
      application_name: "memlane copy",
    });
    opened.on("error", () => {}); // the statement in progress fails as well
    try {
      await opened.connect();
      if (hosts.mustWrite) await requireWritable(opened, connectMs);
    } catch (error) {
      await opened.end().catch(() => {});
      throw error;
    }
    return opened;
  });
  try {
    await client.query(settings);
    const query = async <Row>(statement: string | { text: string }, parameters: readonly unknown[] = []) => {
      const text = typeof statement === "string" ? statement : statement.text;
      return (await client.query<Row & Record<string, unknown>>(text, [...parameters])).rows;
    };
    return await work({ client, sql: { query } });
  } finally {
    await client.end().catch(() => {});
  }
}
