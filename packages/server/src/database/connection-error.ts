// Network errors of Node.js, and SQLSTATE: class 08 is connection_exception, 57P is operator_intervention (shutdown,
// crash, starting up), 53300 is too_many_connections: https://www.postgresql.org/docs/current/errcodes-appendix.html
const code =
  /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|08\w{3}|57P\w{2}|53300)$/;

const message =
  /^Connection terminated|^Client has encountered a connection error|timeout exceeded when trying to connect/;

/** Whether an error says that PostgreSQL could not be reached or is going away, so that a later try may work. */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isConnectionError);
  if (!(error instanceof Error)) return false;
  return ("code" in error && code.test(String(error.code))) || message.test(error.message);
}
