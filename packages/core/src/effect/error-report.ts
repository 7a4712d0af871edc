import * as Schema from "@effect/schema/Schema";
import type * as z from "zod/mini";
import { batchErrorCodec } from "../batch/error-codec.ts";
import type { ErrorReport } from "../errors/error-report.ts";
import { serverErrorCodes } from "../errors/error-table.ts";
import { ingestErrorCodec } from "../ingest/error-codec.ts";
import { codecSchemaOf } from "./schema-of.ts";

const Report = Schema.Struct({
  code: Schema.Literal(...serverErrorCodes),
  message: Schema.String,
  requestId: Schema.NullOr(Schema.String),
  issues: Schema.Array(Schema.Struct({ field: Schema.String, message: Schema.String, type: Schema.String })),
});

/** An error in the envelope of the ingest dialect. */
export const IngestError: Schema.Schema<ErrorReport, z.input<typeof ingestErrorCodec>> = codecSchemaOf(
  ingestErrorCodec,
  Report,
);

/** An error in the envelope of the batch dialect, which names neither the request nor the fields. */
export const BatchError: Schema.Schema<ErrorReport, z.input<typeof batchErrorCodec>> = codecSchemaOf(
  batchErrorCodec,
  Report,
);
