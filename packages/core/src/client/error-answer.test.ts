import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { batchDialect } from "../batch/dialect.ts";
import { errorTable, serverErrorCodes } from "../errors/error-table.ts";
import { MemlaneError } from "../errors/memlane-error.ts";
import { ingestDialect } from "../ingest/dialect.ts";
import { errorReportArbitrary } from "../testing/error-arbitraries.ts";
import { errorOfAnswer } from "./error-answer.ts";
import type { TransportResponse } from "./transport.ts";

const answer = (status: number, body: string, headers: Record<string, string> = {}): TransportResponse => ({
  status,
  header: (name) => headers[name.toLowerCase()] ?? null,
  body,
});
const read = (status: number, json: unknown, headers?: Record<string, string>) =>
  errorOfAnswer(answer(status, JSON.stringify(json), headers), 0);

describe("for all errors, the envelope of either dialect preserves", () => {
  for (const dialect of [ingestDialect, batchDialect]) {
    test(`the message, the wire's code and whether to retry (${dialect.name})`, () => {
      fc.assert(
        fc.property(errorReportArbitrary, (report) => {
          const row = errorTable[report.code];
          const error = read(row.status, z.encode(dialect.error, report));
          expect(error.message).toBe(report.message);
          expect(error.wireCode).toBe(dialect.errors.words[report.code]);
          expect(error.status).toBe(row.status);
          expect(error.retryable).toBe(row.retryable);
        }),
      );
    });
  }

  test("the request id and the issues (ingest)", () => {
    fc.assert(
      fc.property(errorReportArbitrary, (report) => {
        const error = read(errorTable[report.code].status, z.encode(ingestDialect.error, report));
        expect(error.requestId).toBe(report.requestId ?? undefined);
        expect(error.issues).toEqual(report.issues);
      }),
    );
  });
});

test("an error code of the wire with one meaning is read as our code for it", () => {
  for (const dialect of [ingestDialect, batchDialect]) {
    const words = Object.values<string>(dialect.errors.words);
    for (const code of serverErrorCodes) {
      const word: string = dialect.errors.words[code];
      if (words.filter((other) => other === word).length > 1) continue;
      expect(read(errorTable[code].status, { code: word, message: "" }).code).toBe(code);
    }
  }
});

test.each([
  [400, "malformed_body"],
  [405, "method_not_allowed"],
  [409, "conflict"],
  [413, "body_too_large"],
  [422, "invalid_request"],
  [500, "server_error"],
  [503, "unavailable"],
] as const)(
  "an error code of the wire with several meanings is read by the status: %i is %s",
  (status, code) => {
    const word = status < 500 ? "invalid_request" : "server_error";
    expect(read(status, { code: word, message: "" }).code).toBe(code);
  },
);

test.each([
  [400, "malformed_body", false],
  [401, "unauthenticated", false],
  [402, "invalid_request", false],
  [403, "forbidden", false],
  [404, "not_found", false],
  [408, "unavailable", true],
  [418, "invalid_request", false],
  [425, "unavailable", true],
  [429, "rate_limit_exceeded", true],
  [500, "server_error", true],
  [502, "server_error", true],
  [503, "unavailable", true],
  [504, "server_error", true],
  [304, "unreadable_response", true],
] as const)("without an envelope the status %i alone means %s", (status, code, retryable) => {
  const error = errorOfAnswer(answer(status, "<html>"), 0);
  expect(error).toMatchObject({ code, status, retryable, wireCode: undefined });
  expect(error.message).toBe(`the server answered ${status}`);
});

test("a word that contradicts the status does not turn a server error into a client error", () => {
  expect(read(502, { code: "invalid_request", message: "bad gateway" })).toMatchObject({
    code: "server_error",
    retryable: true,
  });
});

test("an unknown code of a newer server is kept, with the meaning of the status", () => {
  expect(read(402, { code: "payment_required", message: "pay" })).toMatchObject({
    code: "invalid_request",
    wireCode: "payment_required",
    status: 402,
    message: "pay",
  });
});

test("the `detail` part of the ingest envelope alone is enough", () => {
  expect(read(404, { detail: { code: "job_not_found", message: "no such job" } })).toMatchObject({
    code: "job_not_found",
    message: "no such job",
  });
});

test("if the details have an unknown shape, only the issues are missing", () => {
  expect(
    read(422, { error: { code: "invalid_request", message: "no", details: { errors: "all of them" } } }),
  ).toMatchObject({ code: "invalid_request", message: "no", issues: [] });
});

test("the request id comes from the header if the envelope has none", () => {
  expect(read(500, { code: "server_error", message: "" }, { "x-request-id": "req_1" }).requestId).toBe(
    "req_1",
  );
});

test("Retry-After is read in milliseconds", () => {
  expect(read(429, {}, { "retry-after": "7" }).retryAfterMs).toBe(7000);
});

test.each([301, 302, 303, 307, 308])("a redirect with %s names its target, and is final", (status) => {
  const error = read(status, "Moved", { location: "https://memory.test/v1/ping" });
  expect(error).toMatchObject({ code: "redirected", status, retryable: false });
  expect(error.message).toContain("redirects to https://memory.test/v1/ping: set baseUrl");
});

test("whatever a server answers, it becomes one MemlaneError with the answer's status", () => {
  const bodies = fc.oneof(fc.fullUnicodeString(), fc.json());
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 599 }), bodies, (status, body) => {
      const error = errorOfAnswer(answer(status, body), 0);
      expect(MemlaneError.is(error)).toBe(true);
      expect(error.status).toBe(status);
    }),
  );
});
