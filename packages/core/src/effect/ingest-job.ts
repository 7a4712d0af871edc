import * as Schema from "@effect/schema/Schema";
import type * as z from "zod/mini";
import { ingestJobCodec } from "../ingest/job-codec.ts";
import { exactIngestResultWire, ingestResultNames } from "../ingest/result-codec.ts";
import type * as core from "../job/job.ts";
import { Failure } from "./failure.ts";
import { JobId } from "./ids.ts";
import { Instant } from "./instant.ts";
import { jobFields } from "./job-fields.ts";
import { codecSchemaOf, ourSchemaOf } from "./schema-of.ts";

const instant = Schema.typeSchema(Instant);
const head = {
  kind: Schema.Literal("ingest"),
  id: Schema.typeSchema(JobId),
  createdAt: instant,
  updatedAt: instant,
  userId: Schema.optional(Schema.String),
  ...jobFields,
};
const result = ourSchemaOf(exactIngestResultWire, ingestResultNames);
const Job = Schema.Union(
  Schema.Struct({ ...head, state: Schema.Literal("queued", "active") }),
  Schema.Struct({ ...head, state: Schema.Literal("succeeded"), result }),
  Schema.Struct({ ...head, state: Schema.Literal("failed"), failure: Failure }),
);

/** An ingest job as its dialect writes it. Refuses a status that contradicts `result` or `error`. */
export const IngestJob: Schema.Schema<core.IngestJob, z.input<typeof ingestJobCodec>> = codecSchemaOf(
  ingestJobCodec,
  Job,
);
