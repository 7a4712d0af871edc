const marker = Symbol.for("memlane.webhook-verification-error");

/** Why a delivery is not to be believed. */
export type WebhookRefusal =
  /** There is no signature, or a part of what it covers is missing. */
  | "missing_headers"
  /** A header is not what its scheme says. */
  | "malformed_headers"
  /** It was signed too long ago: it may have been overheard and sent again. */
  | "too_old"
  /** It was signed in the future: one of the two clocks is wrong. */
  | "too_new"
  /** It was not signed with this secret, or changed on its way. */
  | "wrong_signature"
  /** It is signed, and not an event that this version knows. */
  | "unknown_event";

/** A delivery that is not to be believed: answer it with 400, which ends its retries. */
export class WebhookVerificationError extends Error {
  /** Why, for a program. */
  readonly reason: WebhookRefusal;
  /** By which `is` knows it. */
  readonly [marker] = true;

  constructor(reason: WebhookRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "WebhookVerificationError";
    this.reason = reason;
  }

  /** Whether a caught value is one, also one made by another copy of this package. */
  static is(this: void, value: unknown): value is WebhookVerificationError {
    return typeof value === "object" && value !== null && marker in value;
  }
}
