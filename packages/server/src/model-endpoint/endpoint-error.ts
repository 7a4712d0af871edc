/** What went wrong: only of the first can one expect that it goes by. */
export type EndpointFault =
  /** Not reached, too late, or too busy. */
  | "unavailable"
  /** It answered something that cannot be used. */
  | "unusable"
  /** Its answer was cut off at the model's limit. */
  | "truncated"
  /** It does not want the request: the key, the model's name or a setting is wrong. */
  | "refused";

/** A request to a model's endpoint that brought nothing. The message is for whoever sent the text, the cause for the operator. */
export class EndpointError extends Error {
  readonly fault: EndpointFault;
  /** How long the endpoint asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    fault: EndpointFault,
    message: string,
    options: ErrorOptions & { retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options);
    this.name = "EndpointError";
    this.fault = fault;
    this.retryAfterMs = options.retryAfterMs;
  }
}
