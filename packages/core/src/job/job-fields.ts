// The fields that every job has in our values and in each dialect. A new field of all jobs is added here, and in the
// files that then do not compile.
import * as z from "zod/mini";

/** The fields of every job, apart from its id and state. */
export interface JobFields {
  /** When an ended job is deleted; absent before the job ends, or if the server does not send it. */
  readonly expiresAt?: Date | undefined;
}

/** The same fields in the wire format. `instant` is the schema of a moment. */
export const jobFieldsWire = <Instant extends z.ZodMiniType>(instant: Instant) => ({
  /** When an ended job is deleted, in ISO 8601; absent until it ends. */
  expires_at: z.optional(instant),
});

/** Converts the fields from the wire format. */
export function readJobFields(wire: { readonly expires_at?: Date | undefined }): JobFields {
  return { expiresAt: wire.expires_at };
}

/** Converts the fields to the wire format. */
export function printJobFields({ expiresAt }: JobFields) {
  return { expires_at: expiresAt };
}
