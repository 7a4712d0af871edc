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

// Other codes share the words of these codes, so the status decides the code.
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

function codeOf(word: string | undefined, status: number): ErrorCode {
  const named = word === undefined ? undefined : nameOf(word);
  if (named !== undefined && !genericCodes.has(named)) return named;
  if (status < 400) return "unreadable_response";
  return codeByStatus[status] ?? (status < 500 ? "invalid_request" : "server_error");
}

function nameOf(word: string): ErrorCode | undefined {
  for (const { errors } of clientDialects) {
    const code = errors.nameOf(word);
    if (code !== undefined) return code;
  }
  return undefined;
}
