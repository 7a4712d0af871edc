// Database errors that may not happen again in a later attempt:
// https://www.postgresql.org/docs/current/errcodes-appendix.html

/**
 * Why a statement may succeed later.
 *
 * - `unavailable`: the database cannot run statements at the moment.
 * - `interrupted`: this statement or its connection was ended early. The statement itself may be the
 * reason.
 */
export type TransientCause = "unavailable" | "interrupted";

/** By SQLSTATE, by its class (the first two characters), or by Node.js' code. Other errors are not transient. */
const causes: Readonly<Record<string, TransientCause>> = {
  "08": "interrupted", // connection_exception: broken while in use
  "08001": "unavailable", // sqlclient_unable_to_establish_sqlconnection
  "08004": "unavailable", // sqlserver_rejected_establishment_of_sqlconnection
  "25006": "unavailable", // read_only_sql_transaction: a standby, until it is promoted
  "25P03": "interrupted", // idle_in_transaction_session_timeout: this process did nothing in a transaction for too long
  "25P04": "interrupted", // transaction_timeout
  "26000": "interrupted", // invalid_sql_statement_name: a pooler has changed the connection
  "28": "unavailable", // invalid_authorization_specification: the password was changed, but not yet in the settings
  "3D000": "unavailable", // invalid_catalog_name: the database is being restored
  "40": "interrupted", // transaction_rollback: serialization failures and deadlocks
  "42P05": "interrupted", // duplicate_prepared_statement: a pooler has changed the connection
  "53": "interrupted", // insufficient_resources: memory and temporary files, which one statement can use up
  "53100": "unavailable", // disk_full
  "53300": "unavailable", // too_many_connections
  "55006": "interrupted", // object_in_use
  "55P03": "interrupted", // lock_not_available: lock_timeout
  "57": "interrupted", // operator_intervention: a statement time-out, a terminated back end, a crash
  "57P03": "unavailable", // cannot_connect_now: starting up or shutting down
  "57P04": "unavailable", // database_dropped: it is being restored
  "58": "unavailable", // system_error: input and output outside of PostgreSQL
  ECONNREFUSED: "unavailable",
  ENOTFOUND: "unavailable",
  EAI_AGAIN: "unavailable",
  EHOSTUNREACH: "unavailable",
  ENETUNREACH: "unavailable",
  EADDRNOTAVAIL: "unavailable", // every local port is in use
  EMFILE: "unavailable", // this process has as many files and sockets open as it may
  ENFILE: "unavailable", // the machine has as many files and sockets open as it may
  ENOBUFS: "unavailable",
  ECONNRESET: "interrupted",
  ECONNABORTED: "interrupted",
  EPIPE: "interrupted",
  ETIMEDOUT: "interrupted",
};
const causeOfCode = new Map(Object.entries(causes));

/** Errors of node-postgres, which have no code, and of PgBouncer, which all have the same. */
const causeOfMessage: readonly (readonly [RegExp, TransientCause])[] = [
  [/^(?:pgbouncer cannot connect|server login has been failing|query_wait_timeout)/, "unavailable"],
  [/^(?:no more connections allowed|client_login_timeout|database is (?:paused|disabled))/, "unavailable"],
  [/timeout exceeded when trying to connect|due to connection timeout/, "unavailable"],
  [/^Connection terminated|^Client (?:has encountered a connection error|was closed)/, "interrupted"],
  [/^Query read timeout/, "interrupted"],
];

/** Why a later attempt may succeed; undefined for an error that will not pass. */
export function transientCauseOf(error: unknown): TransientCause | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof AggregateError) return firstCause(error.errors);
  const code = "code" in error ? String(error.code) : "";
  return (
    causeOfMessage.find(([pattern]) => pattern.test(error.message))?.[1] ??
    causeOfCode.get(code) ??
    causeOfCode.get(/^[\dA-Z]{5}$/.test(code) ? code.slice(0, 2) : "")
  );
}

/** Whether a later attempt can succeed. */
export function isTransient(error: unknown): boolean {
  return transientCauseOf(error) !== undefined;
}

function firstCause(errors: readonly unknown[]): TransientCause | undefined {
  return errors.map(transientCauseOf).find((cause) => cause !== undefined);
}
