// The fields that every job has in our values and in each dialect. A new field of all jobs is added here, and in the
// files that then do not compile.
import * as z from "zod/mini";

/** The fields of every job, apart from its id and state. */
export interface JobFields {
  /** When an ended job is deleted; absent before the job ends, or if the server does not send it. */
  readonly expiresAt?: Date | undefined;
  /** How many times the job has been started. This field and the next two are present only while a failed run is repeated. */
  readonly attempts?: number | undefined;
  /** Why the last run failed, in words. */
  readonly lastError?: string | undefined;
  /** When the next run begins at the earliest; absent while the job runs. */
  readonly nextAttemptAt?: Date | undefined;
}

/** The same fields in the wire format. `instant` is the schema of a moment. */
export const jobFieldsWire = <Instant extends z.ZodMiniType>(instant: Instant) => ({
  /** When an ended job is deleted, in ISO 8601; absent until it ends. */
  expires_at: z.optional(instant),
  /** How many times it has been started. This field and the next two are present only while a failed run is repeated. */
  attempts: z.optional(z.int().check(z.gte(0))),
  /** Why the last run failed, in words. */
  last_error: z.optional(z.string()),
  /** When the next run begins at the earliest, in ISO 8601; absent while the job runs. */
  next_attempt_at: z.optional(instant),
});

/** Converts the fields from the wire format. */
export function readJobFields(wire: {
  readonly expires_at?: Date | undefined;
  readonly attempts?: number | undefined;
  readonly last_error?: string | undefined;
  readonly next_attempt_at?: Date | undefined;
}): JobFields {
  const { expires_at: expiresAt, attempts, last_error: lastError, next_attempt_at: nextAttemptAt } = wire;
  return { expiresAt, attempts, lastError, nextAttemptAt };
}

/** Converts the fields to the wire format. */
export function printJobFields({ expiresAt, attempts, lastError, nextAttemptAt }: JobFields) {
  return { expires_at: expiresAt, attempts, last_error: lastError, next_attempt_at: nextAttemptAt };
}
