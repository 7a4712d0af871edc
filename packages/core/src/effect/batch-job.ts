import * as Schema from "@effect/schema/Schema";
import type * as z from "zod/mini";
import { itemErrorWire } from "../batch/item-error.ts";
import { batchJobCodec } from "../batch/job-codec.ts";
import { jobStates } from "../job/job-machine.ts";
import type * as core from "../job/job.ts";
import { Failure } from "./failure.ts";
import { JobId } from "./ids.ts";
import { jobFields } from "./job-fields.ts";
import { codecSchemaOf, ourSchemaOf } from "./schema-of.ts";

const Count = Schema.Int.pipe(Schema.nonNegative());
const Job = Schema.Struct({
  kind: Schema.Literal("batch"),
  id: Schema.typeSchema(JobId),
  state: Schema.Literal(...jobStates),
  received: Count,
  imported: Count,
  failed: Count,
  errors: Schema.Array(ourSchemaOf(itemErrorWire)),
  failure: Schema.optional(Failure),
  ...jobFields,
}).pipe(
  Schema.filter(({ received, imported, failed }) => imported + failed <= received, {
    message: () => "more memories are imported or failed than were received",
  }),
);

/** A batch job as its dialect writes it. Refuses counts that do not add up. */
export const BatchJob: Schema.Schema<core.BatchJob, z.input<typeof batchJobCodec>> = codecSchemaOf(
  batchJobCodec,
  Job,
);
