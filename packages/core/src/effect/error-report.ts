import * as Schema from "@effect/schema/Schema";
import { batchErrors } from "../batch/error.ts";
import type { ErrorReport } from "../errors/error-report.ts";
import { errorTable, serverErrorCodes } from "../errors/error-table.ts";
import { ingestErrors } from "../ingest/error.ts";
import { wordOf } from "./word.ts";

const Issues = Schema.Array(
  Schema.Struct({ field: Schema.String, message: Schema.String, type: Schema.String }),
);
const Report = Schema.Struct({
  code: Schema.Literal(...serverErrorCodes),
  message: Schema.String,
  requestId: Schema.NullOr(Schema.String),
  issues: Issues,
});

const said = { code: wordOf(ingestErrors), message: Schema.String };
const IngestWire = Schema.Struct({
  error: Schema.Struct({
    type: Schema.String,
    ...said,
    request_id: Schema.optionalWith(Schema.NullOr(Schema.String), { default: () => null }),
    details: Schema.optional(Schema.Struct({ errors: Issues })),
  }),
  detail: Schema.Struct(said),
});

/** An error in the envelope of the ingest dialect. */
export const IngestError: Schema.Schema<ErrorReport, typeof IngestWire.Encoded> = Schema.transform(
  IngestWire,
  Report,
  {
    strict: true,
    decode: ({ error: { code, message, request_id, details } }) => ({
      code,
      message,
      requestId: request_id,
      issues: details?.errors ?? [],
    }),
    encode: ({ code, message, requestId, issues }) => ({
      error: {
        type: errorTable[code].type,
        code,
        message,
        request_id: requestId,
        ...(issues.length > 0 && { details: { errors: issues } }),
      },
      detail: { code, message },
    }),
  },
);

const BatchWire = Schema.Struct({ code: wordOf(batchErrors), message: Schema.String });

/** An error in the envelope of the batch dialect, which tells neither the request nor the fields. */
export const BatchError: Schema.Schema<ErrorReport, typeof BatchWire.Encoded> = Schema.transform(
  BatchWire,
  Report,
  {
    strict: true,
    decode: ({ code, message }) => ({ code, message, requestId: null, issues: [] }),
    encode: ({ code, message }) => ({ code, message }),
  },
);
