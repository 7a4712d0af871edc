import * as z from "zod/mini";
import { batchErrors } from "../batch/error.ts";
import type { FieldIssue } from "../errors/error-report.ts";
import type { ServerErrorCode } from "../errors/error-table.ts";
import { MemlaneError } from "../errors/memlane-error.ts";
import { ingestErrors } from "../ingest/error.ts";
import { parseJson } from "../json.ts";
import { parseRetryAfter } from "../poll/retry-after.ts";
import type { TransportResponse } from "./transport.ts";

const said = z.object({ code: z.string(), message: z.string() });
const issues = z.object({
  errors: z.array(z.object({ field: z.string(), message: z.string(), type: z.string() })),
});
const envelopes = z.union([
  z.object({
    error: z.extend(said, {
      request_id: z.nullish(z.string()),
      details: z.catch(z.optional(issues), undefined),
    }),
  }),
  z.object({ detail: said }),
  said,
]);

/** The error that an answer outside 2xx stands for, whichever dialect's envelope it came in, or none. */
export function errorOfAnswer(response: TransportResponse, nowMs: number): MemlaneError {
  const envelope = envelopes.safeParse(parseJson(response.body)).data;
  let word: string | undefined;
  let message = `the server answered ${response.status}`;
  let fields: readonly FieldIssue[] = [];
  let requestId = response.header("x-request-id") ?? undefined;
  if (envelope !== undefined) {
    const { code, message: sentence } =
      "error" in envelope ? envelope.error : "detail" in envelope ? envelope.detail : envelope;
    word = code;
    message = sentence;
    if ("error" in envelope) {
      fields = envelope.error.details?.errors ?? [];
      requestId = envelope.error.request_id ?? requestId;
    }
  }
  return new MemlaneError({
    code: codeOf(word, response.status),
    message,
    status: response.status,
    wireCode: word,
    requestId,
    issues: fields,
    retryAfterMs: parseRetryAfter(response.header("retry-after"), nowMs),
  });
}

const codeByStatus: Readonly<Record<number, ServerErrorCode>> = {
  400: "malformed_body",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
  409: "conflict",
  413: "body_too_large",
  429: "rate_limit_exceeded",
  503: "unavailable",
};

function codeOf(word: string | undefined, status: number): ServerErrorCode {
  const named = word === undefined ? undefined : (ingestErrors.nameOf(word) ?? batchErrors.nameOf(word));
  // A word that stands for several codes is told apart by the status.
  const byStatus = codeByStatus[status];
  if (named === undefined) return byStatus ?? (status >= 500 ? "server_error" : "invalid_request");
  if (byStatus !== undefined && (named === "invalid_request" || named === "server_error")) return byStatus;
  return named;
}
