/**
 * The innermost cause of an error. For example, "connection refused" is only the cause of fetch's "fetch failed".
 */
export function rootCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return rootCause(error.cause);
  // Node tries every address of a host; the error that groups the attempts has no message of its own.
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
  // If the answer is not TLS, OpenSSL reports only the name of its failed check.
  if ("code" in error && error.code === "ERR_SSL_WRONG_VERSION_NUMBER") {
    return "what answers there does not speak TLS: is it http:// and not https://?";
  }
  return error.message || error.name;
}
