import * as Schema from "@effect/schema/Schema";
import type { JobFields } from "../job/job-fields.ts";
import { Instant } from "./instant.ts";

/** The fields of every job. A missing field does not compile. */
export const jobFields = {
  expiresAt: Schema.optional(Schema.typeSchema(Instant)),
  attempts: Schema.optional(Schema.Int.pipe(Schema.greaterThanOrEqualTo(0))),
  lastError: Schema.optional(Schema.String),
  nextAttemptAt: Schema.optional(Schema.typeSchema(Instant)),
} satisfies Record<keyof JobFields, unknown>;
