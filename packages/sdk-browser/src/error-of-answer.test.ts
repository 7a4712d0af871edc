import type { TransportResponse } from "@memlane/core";
import { describe, expect, it } from "vitest";
import { errorOfAnswer } from "./error-of-answer.ts";

const answer = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): TransportResponse => ({
  status,
  header: (name) => headers[name] ?? null,
  body: typeof body === "string" ? body : JSON.stringify(body),
});

describe("errorOfAnswer", () => {
  it.each([
    [401, "unauthenticated", false],
    [403, "forbidden", false],
    [404, "job_not_found", false],
    [400, "invalid_request", false],
    [422, "invalid_request", false],
    [408, "unavailable", true],
    [429, "rate_limit_exceeded", true],
    [500, "server_error", true],
    [502, "server_error", true],
    [503, "unavailable", true],
  ] as const)("takes %i for %s", (status, code, retryable) => {
    expect(errorOfAnswer(answer(status, {}), 0)).toMatchObject({ status, code, retryable });
  });

  it("keeps the server's words in either dialect", () => {
    const said = { code: "unauthorized", message: "the API key is unknown" };
    for (const body of [said, { error: { type: "authentication_error", ...said }, detail: said }]) {
      expect(errorOfAnswer(answer(401, body), 0)).toMatchObject({
        wireCode: said.code,
        message: said.message,
      });
    }
  });

  it("keeps the request's id and how long the server asks to wait", () => {
    const headers = { "x-request-id": "req_1", "retry-after": "7" };
    expect(errorOfAnswer(answer(429, {}, headers), 0)).toMatchObject({
      requestId: "req_1",
      retryAfterMs: 7000,
    });
  });

  it.each(["", "<html>", "[]", "null", '{"error":"down"}', '{"code":1,"message":"x"}'])(
    "says the status when the body is %s",
    (body) => {
      expect(errorOfAnswer(answer(502, body), 0)).toMatchObject({
        message: "the server answered 502",
        wireCode: undefined,
      });
    },
  );
});
