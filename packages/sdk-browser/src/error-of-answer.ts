import {
  MemlaneError,
  parseJson,
  parseRetryAfter,
  type ErrorCode,
  type TransportResponse,
} from "@memlane/core";
import { fieldsOf, textOf } from "./json.ts";

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "job_not_found",
  408: "unavailable",
  425: "unavailable",
  429: "rate_limit_exceeded",
  503: "unavailable",
};

/** The error that an answer outside 2xx stands for. For a reading of a job the status tells which. */
export function errorOfAnswer(answer: TransportResponse, nowMs: number): MemlaneError {
  const { status } = answer;
  const other = status >= 500 ? "server_error" : "invalid_request";
  const { code, message } = said(answer.body);
  return new MemlaneError({
    code: codeByStatus[status] ?? other,
    message: message ?? `the server answered ${status}`,
    status,
    wireCode: code,
    requestId: answer.header("x-request-id") ?? undefined,
    retryAfterMs: parseRetryAfter(answer.header("retry-after"), nowMs),
  });
}

/** The server's own words: `error` holds them in the ingest dialect, the body itself in the batch dialect. */
function said(body: string): { readonly code?: string; readonly message?: string } {
  try {
    const envelope = fieldsOf(parseJson(body));
    const { code, message } = fieldsOf(envelope["error"] ?? envelope);
    return { code: textOf(code), message: textOf(message) };
  } catch {
    // A proxy on the way may answer anything.
    return {};
  }
}
