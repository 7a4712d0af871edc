import * as Schema from "@effect/schema/Schema";
import { batchStatuses } from "../batch/status.ts";
import { jobStates } from "../job/job-machine.ts";
import type * as core from "../job/job.ts";
import { JobId } from "./ids.ts";
import { Instant } from "./instant.ts";
import { wordOf } from "./word.ts";

const Count = Schema.Int.pipe(Schema.nonNegative());
const counts = { received: Count, imported: Count, failed: Count };
const Errors = Schema.Array(
  Schema.Struct({
    index: Count,
    error: Schema.String,
    code: Schema.optional(Schema.String),
    retryable: Schema.optional(Schema.Boolean),
    id: Schema.optional(Schema.String),
  }),
);
const Failure = Schema.Struct({ type: Schema.String, code: Schema.String, message: Schema.String });

const Wire = Schema.Struct({
  id: JobId,
  status: wordOf(batchStatuses),
  ...counts,
  errors: Schema.optionalWith(Errors, { default: () => [] }),
  error: Schema.optional(Failure),
  expires_at: Schema.optional(Instant),
});

const Job = Schema.Struct({
  kind: Schema.Literal("batch"),
  id: Schema.typeSchema(JobId),
  state: Schema.Literal(...jobStates),
  ...counts,
  errors: Errors,
  failure: Schema.optional(Failure),
  expiresAt: Schema.optional(Schema.typeSchema(Instant)),
}).pipe(
  Schema.filter(({ received, imported, failed }) => imported + failed <= received, {
    message: () => "more memories are imported or failed than were received",
  }),
);

/** A batch job as its dialect writes it. Refuses counts that do not add up. */
export const BatchJob: Schema.Schema<core.BatchJob, typeof Wire.Encoded> = Schema.transform(Wire, Job, {
  strict: true,
  decode: ({ status, error, expires_at, ...progress }) => ({
    kind: "batch" as const,
    state: status,
    failure: error,
    expiresAt: expires_at,
    ...progress,
  }),
  encode: ({ kind: _, state, failure, expiresAt, ...progress }) => ({
    status: state,
    error: failure,
    expires_at: expiresAt,
    ...progress,
  }),
});
