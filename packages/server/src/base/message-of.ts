/** The message of an error and of its causes, for a person to read. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message =
    error instanceof AggregateError && error.message === ""
      ? error.errors.map(messageOf).join(", ")
      : error.message;
  return error.cause instanceof Error ? `${message}\n  ${messageOf(error.cause)}` : message;
}
