// The fields that a job of any kind can have, in the types of core and in the wire format of each dialect. A new field of
// all jobs is added here, and in the files that then do not compile.
import * as z from "zod/mini";

/** The fields that a job of any kind can have, apart from its id and state. */
export interface JobFields {
  /** When an ended job is deleted; absent before the job ends, or if the server does not send it. */
  readonly expiresAt?: Date | undefined;
  /** How many attempts were begun. This field and the next two are present only after a failed attempt, until the job ends. */
  readonly attempts?: number | undefined;
  /** Why the last attempt failed, in words. */
  readonly lastError?: string | undefined;
  /** When the next attempt begins at the earliest; absent while the job runs. */
  readonly nextAttemptAt?: Date | undefined;
}

/** The same fields in the wire format. `instant` is the schema of a time. */
export const jobFieldsWire = <Instant extends z.ZodMiniType>(instant: Instant) => ({
  /** When an ended job is deleted, in ISO 8601; absent until it ends. */
  expires_at: z.optional(instant),
  /** How many attempts were begun. This field and the next two are present only after a failed attempt, until the job ends. */
  attempts: z.optional(z.int().check(z.gte(0))),
  /** Why the last attempt failed, in words. */
  last_error: z.optional(z.string()),
  /** When the next attempt begins at the earliest, in ISO 8601; absent while the job runs. */
  next_attempt_at: z.optional(instant),
});

/** Renames the fields of the wire format. Their values stay the same. */
export function readJobFields(wire: {
  readonly expires_at?: Date | undefined;
  readonly attempts?: number | undefined;
  readonly last_error?: string | undefined;
  readonly next_attempt_at?: Date | undefined;
}): JobFields {
  const { expires_at: expiresAt, attempts, last_error: lastError, next_attempt_at: nextAttemptAt } = wire;
  return { expiresAt, attempts, lastError, nextAttemptAt };
}

/** Renames the fields to those of the wire format. Their values stay the same. */
export function printJobFields({ expiresAt, attempts, lastError, nextAttemptAt }: JobFields) {
  return { expires_at: expiresAt, attempts, last_error: lastError, next_attempt_at: nextAttemptAt };
}
