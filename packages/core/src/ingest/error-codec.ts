import * as z from "zod/mini";
import { vocabularyWire } from "../dialect/vocabulary.ts";
import type { ErrorReport } from "../errors/error-report.ts";
import { errorTable } from "../errors/error-table.ts";
import { printQuota, quotaFields, readQuota } from "../errors/quota.ts";
import { ingestErrors } from "./error.ts";

const issue = z.object({ field: z.string(), message: z.string(), type: z.string() });
const code = vocabularyWire(ingestErrors);

const envelope = z.object({
  error: z.object({
    type: z.string(),
    code,
    message: z.string(),
    request_id: z._default(z.nullable(z.string()), null),
    /** What is wrong with each field; or the quota that is used up. */
    details: z.optional(z.extend(quotaFields, { errors: z.optional(z.array(issue)) })),
  }),
  detail: z.object({ code, message: z.string() }),
});

/** The envelope that every error of the ingest dialect travels in. */
export const ingestErrorCodec = z.codec(envelope, z.custom<ErrorReport>(), {
  decode: ({ error }) => ({
    code: error.code,
    message: error.message,
    requestId: error.request_id,
    issues: error.details?.errors ?? [],
    quota: readQuota(error.details ?? {}),
  }),
  encode: ({ message, requestId, issues, quota, ...report }) => ({
    error: {
      type: errorTable[report.code].type,
      code: report.code,
      message,
      request_id: requestId,
      ...((issues.length > 0 || quota !== undefined) && {
        details: { ...(issues.length > 0 && { errors: [...issues] }), ...printQuota(quota) },
      }),
    },
    detail: { code: report.code, message },
  }),
});
