const marker = Symbol.for("memlane.webhook-verification-error");

/** Why a delivery is refused. */
export type WebhookRefusal =
  /** There is no signature, or a header that it covers is missing. */
  | "missing_headers"
  /** A header has the wrong format. */
  | "malformed_headers"
  /** It was signed too long ago: an attacker may have recorded it and sent it again. */
  | "too_old"
  /** It was signed in the future: one of the two clocks is wrong. */
  | "too_new"
  /** It was not signed with this secret, or was changed afterwards. */
  | "wrong_signature"
  /** The signature is right, but this version cannot read the event. */
  | "unknown_event";

/** A delivery was refused: it cannot be trusted or read. Answer with 400, which ends its retries. */
export class WebhookVerificationError extends Error {
  /** Why, for a program. */
  readonly reason: WebhookRefusal;
  /** Marks the error for `is`. */
  readonly [marker] = true;

  constructor(reason: WebhookRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "WebhookVerificationError";
    this.reason = reason;
  }

  /** Whether a caught value is such an error, even from another copy of this package. */
  static is(this: void, value: unknown): value is WebhookVerificationError {
    return typeof value === "object" && value !== null && marker in value;
  }
}
