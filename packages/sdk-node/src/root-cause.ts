/** How many causes are followed. An error may be its own cause. */
const mostCauses = 20;

/**
 * The message of an error's innermost cause. For example, "connection refused" is only the cause of fetch's "fetch failed".
 */
export function messageOfRootCause(error: unknown, causesLeft = mostCauses): string {
  if (!(error instanceof Error)) return String(error);
  // Node tries every address of a host; the error that groups the attempts has no message of its own.
  const attempt: unknown = error instanceof AggregateError ? error.errors[0] : null;
  const cause = error.cause ?? attempt ?? null;
  if (cause !== null && causesLeft > 0) return messageOfRootCause(cause, causesLeft - 1);
  // If the answer is not TLS, OpenSSL reports only the name of its failed check.
  if ("code" in error && error.code === "ERR_SSL_WRONG_VERSION_NUMBER") {
    return "the server at this address does not use TLS: try http:// instead of https://";
  }
  return error.message || error.name;
}
