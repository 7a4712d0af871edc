/** The innermost reason of an error, in words: `fetch` hides "connection refused" behind "fetch failed". */
export function rootCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return rootCause(error.cause);
  // Node tries every address of a name; the error that gathers its attempts has no words of its own.
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
  // Of an answer that is no TLS, OpenSSL has only the name of the check that failed.
  if ("code" in error && error.code === "ERR_SSL_WRONG_VERSION_NUMBER") {
    return "what answers there does not speak TLS: is it http:// and not https://?";
  }
  return error.message || error.name;
}
