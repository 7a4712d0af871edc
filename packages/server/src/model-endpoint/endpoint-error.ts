/** Why a request to an endpoint failed. Only after `unavailable` is the same request likely to succeed later. */
export type EndpointFault =
  /** The endpoint was not reached, did not answer in time, or is too busy. */
  | "unavailable"
  /** The answer cannot be used. */
  | "unusable"
  /** The answer is empty. */
  | "empty"
  /** The answer was cut off at the model's limit. */
  | "truncated"
  /** The request has more text than the model can read. */
  | "too_long"
  /** The model does not want to answer. */
  | "declined"
  /** A filter of the endpoint stopped the request or the answer. */
  | "filtered"
  /** The endpoint refuses the request: the key, the name of the model or a setting is wrong. */
  | "refused";

/** A parameter that some endpoints do not accept. */
export type Parameter = "format" | "temperature";

/** More about a failed request. */
interface EndpointErrorOptions extends ErrorOptions {
  readonly retryAfterMs?: number | undefined;
  readonly status?: number | undefined;
  readonly about?: Parameter | undefined;
}

/** A request to a model's endpoint failed. The client that sent the text gets the message, which may quote the endpoint. */
export class EndpointError extends Error {
  readonly fault: EndpointFault;
  /** How long the endpoint asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The HTTP status of a refusal; undefined if the endpoint accepted the request or did not answer. */
  readonly status: number | undefined;
  /** The parameter that the endpoint complains about. */
  readonly about: Parameter | undefined;

  constructor(
    fault: EndpointFault,
    message: string,
    { retryAfterMs, status, about, ...options }: EndpointErrorOptions = {},
  ) {
    super(message, options);
    this.name = "EndpointError";
    this.fault = fault;
    this.retryAfterMs = retryAfterMs;
    this.status = status;
    this.about = about;
  }
}
