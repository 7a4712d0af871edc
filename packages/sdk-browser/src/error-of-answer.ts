import { MemlaneError, type ErrorCode } from "@memlane/core";
import { parseJson } from "@memlane/core/internal";
import { fieldsOf, textOf } from "./json.ts";
import { retryAfterMsOf } from "./retry-after.ts";

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "job_not_found",
  408: "unavailable",
  425: "unavailable",
  429: "rate_limit_exceeded",
  503: "unavailable",
};

/** The error for an answer outside 2xx. The status decides the code, except for `token_expired`. */
export function errorOfAnswer(
  { status, headers }: Pick<Response, "status" | "headers">,
  body: string,
): MemlaneError {
  const other = status >= 500 ? "server_error" : "invalid_request";
  const { code, message } = said(body);
  return new MemlaneError({
    code: code === "token_expired" ? code : (codeByStatus[status] ?? other),
    message: message ?? `the server answered ${status}`,
    status,
    wireCode: code,
    requestId: headers.get("x-request-id") ?? undefined,
    retryAfterMs: retryAfterMsOf(headers),
  });
}

/**
 * The server's own code and message: in `error` in the ingest dialect, in the body itself in the batch
 * dialect.
 */
function said(body: string): { readonly code?: string; readonly message?: string } {
  try {
    const envelope = fieldsOf(parseJson(body));
    const { code, message } = fieldsOf(envelope["error"] ?? envelope);
    return { code: textOf(code), message: textOf(message) };
  } catch {
    // A proxy may answer anything.
    return {};
  }
}
