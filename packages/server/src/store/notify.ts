import type { Prepared, Sql } from "../database/database.ts";

const notification: Prepared = { name: "notify", text: "select pg_notify($1, $2)" };

/** Sends a notification to every connection that listens on the channel. */
export async function notify(sql: Sql, channel: string, payload: string): Promise<void> {
  await sql.query(notification, [channel, payload]);
}
