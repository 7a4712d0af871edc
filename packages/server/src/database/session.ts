// What Memlane sets on each connection, so that the defaults of a database or a role change nothing.
import type { ClientBase } from "pg";
import { readOnlyState } from "./read-only.ts";

/** The time-outs of a session, in milliseconds. */
export interface SessionLimits {
  readonly statementMs: number;
  readonly idleInTransactionMs: number;
}

/**
 * How long a statement waits for a lock, in milliseconds. Shorter than the statement's time-out, so
 * that the error names the lock.
 */
const lockMs = 5000;

/** Time-outs as settings. With `local`, they apply only to the current transaction. */
export const timeouts = ({ statementMs, idleInTransactionMs }: SessionLimits, scope: "session" | "local") =>
  `set ${scope} statement_timeout = ${statementMs};
   set ${scope} lock_timeout = ${Math.min(lockMs, statementMs)};
   set ${scope} idle_in_transaction_session_timeout = ${idleInTransactionMs}`;

/** node-postgres reads times in this format. Poolers keep the setting for each of their clients. */
const dateStyle = "set datestyle = 'ISO, MDY'";

// Extensions may be in any schema. Everything else has its schema in its name.
const searchPath = `select pg_catalog.set_config('search_path', concat_ws(', ', 'public', (
    select string_agg(distinct quote_ident(nspname), ', ')
    from pg_catalog.pg_extension join pg_catalog.pg_namespace as schema on schema.oid = extnamespace
    where extname in ('pg_trgm', 'vector')
  )), false)`;

/** The first statements of a connection. They are statements because poolers refuse most start-up parameters. */
export function sessionSettings(limits: SessionLimits, isPooled: boolean): string {
  // Between transactions, a pooler may give the client another connection of the server. Other
  // settings would get lost, and would reach other clients.
  if (isPooled) return dateStyle;
  const isolation = "set default_transaction_isolation = 'read committed'";
  return [timeouts(limits, "session"), isolation, dateStyle, searchPath].join(";");
}

/** @throws Error with the SQLSTATE 25006 if the server only reads */
export async function requireWritable(client: ClientBase, patienceMs: number): Promise<void> {
  const asked = { text: "show transaction_read_only", query_timeout: patienceMs };
  const { rows } = await client.query<{ transaction_read_only: string }>(asked);
  if (rows[0]?.transaction_read_only === "off") return;
  throw Object.assign(new Error("this PostgreSQL only reads"), { code: readOnlyState });
}
