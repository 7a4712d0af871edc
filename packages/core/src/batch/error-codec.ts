import * as z from "zod/mini";
import { vocabularyWire } from "../dialect/vocabulary.ts";
import type { ErrorReport } from "../errors/error-report.ts";
import { printQuota, quotaFields, readQuota } from "../errors/quota.ts";
import { batchErrors } from "./error.ts";

/** The envelope that every error of the batch dialect travels in. */
export const batchErrorCodec = z.codec(
  z.extend(quotaFields, {
    code: vocabularyWire(batchErrors),
    message: z.string(),
    /** With `fact_not_current`: the fact that replaced it. */
    current_fact_id: z.optional(z.nullable(z.string())),
  }),
  z.custom<ErrorReport>(),
  {
    decode: ({ code, message, current_fact_id, ...quota }) => ({
      code,
      message,
      requestId: null,
      issues: [],
      currentFactId: current_fact_id ?? undefined,
      quota: readQuota(quota),
    }),
    encode: ({ code, message, currentFactId, quota }) => ({
      code,
      message,
      ...(currentFactId !== undefined && { current_fact_id: currentFactId }),
      ...printQuota(quota),
    }),
  },
);
