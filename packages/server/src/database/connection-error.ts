import { DatabaseError } from "pg";

const networkCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
]);

/** Whether an error says that PostgreSQL could not be reached or is going away, so that a later try may work. */
export function isConnectionError(error: unknown): boolean {
  // Class 08 is connection_exception, 57P is operator_intervention (shutdown, crash, starting up), 53300 is
  // too_many_connections: https://www.postgresql.org/docs/current/errcodes-appendix.html
  if (error instanceof DatabaseError) return /^(?:08|57P|53300)/.test(error.code ?? "");
  if (error instanceof AggregateError) return error.errors.some(isConnectionError);
  if (!(error instanceof Error)) return false;
  if ("code" in error && networkCodes.has(String(error.code))) return true;
  return /^Connection terminated|^Client has encountered a connection error|timeout exceeded when trying to connect/.test(
    error.message,
  );
}
