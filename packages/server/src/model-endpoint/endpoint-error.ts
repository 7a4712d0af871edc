/** What went wrong. Only `unavailable` is likely to pass. */
export type EndpointFault =
  /** It was not reached, did not answer in time, or is too busy. */
  | "unavailable"
  /** It answered something that cannot be used. */
  | "unusable"
  /** Its answer was cut off at the model's limit. */
  | "truncated"
  /** It refuses the request: the key, the name of the model or a setting is wrong. */
  | "refused";

/** A request to a model's endpoint failed. The message is for the sender of the text, the cause is for the operator. */
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
