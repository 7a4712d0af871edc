import * as z from "zod/mini";
import type { ErrorCode } from "../errors/error-table.ts";
import { MemlaneError } from "../errors/memlane-error.ts";
import { parseJson } from "../json.ts";
import { parseRetryAfter } from "../poll/retry-after.ts";
import { clientDialects } from "./dialects.ts";
import type { TransportResponse } from "./transport.ts";

const envelope = z.union(clientDialects.map(({ errorWire }) => errorWire));

/** The error for an answer outside 2xx, in the envelope of any dialect or without an envelope. */
export function errorOfAnswer(response: TransportResponse, nowMs: number): MemlaneError {
  const { status } = response;
  if (redirects.has(status)) return errorOfRedirect(response);
  const error = envelope.safeParse(parseJson(response.body)).data;
  return new MemlaneError({
    code: codeOf(error?.code, status),
    message: error?.message ?? `the server answered ${status}`,
    status,
    wireCode: error?.code,
    requestId: error?.request_id ?? response.header("x-request-id") ?? undefined,
    issues: error?.issues,
    quota: error?.quota,
    currentFactId: error?.current_fact_id ?? undefined,
    retryAfterMs: parseRetryAfter(response.header("retry-after"), nowMs),
  });
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

// A client that followed a redirect would send its key to another address.
function errorOfRedirect({ status, header }: TransportResponse): MemlaneError {
  const location = header("location") ?? "another address";
  return new MemlaneError({
    code: "redirected",
    message: `the server redirects to ${location}: set baseUrl to an address that answers without a redirect`,
    status,
    requestId: header("x-request-id") ?? undefined,
  });
}

// Dialects also send the wire codes of these two for other errors, so the status decides.
const genericCodes: ReadonlySet<ErrorCode | undefined> = new Set(["invalid_request", "server_error"]);

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  400: "malformed_body",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
  408: "unavailable",
  409: "conflict",
  413: "body_too_large",
  425: "unavailable",
  429: "rate_limit_exceeded",
  503: "unavailable",
};

function codeOf(wireCode: string | undefined, status: number): ErrorCode {
  const code = wireCode === undefined ? undefined : codeOfWire(wireCode);
  if (code !== undefined && !genericCodes.has(code)) return code;
  if (status < 400) return "unreadable_response";
  return codeByStatus[status] ?? (status < 500 ? "invalid_request" : "server_error");
}

function codeOfWire(wireCode: string): ErrorCode | undefined {
  for (const { errors } of clientDialects) {
    const code = errors.nameOf(wireCode);
    if (code !== undefined) return code;
  }
  return undefined;
}
