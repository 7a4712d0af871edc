import { describe, expect, it } from "vitest";
import { errorOfAnswer } from "./error-of-answer.ts";

const errorOf = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  errorOfAnswer(
    { status, headers: new Headers(headers) },
    typeof body === "string" ? body : JSON.stringify(body),
  );

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
    expect(errorOf(status, {})).toMatchObject({ status, code, retryable });
  });

  it("keeps the server's words in either dialect", () => {
    const said = { code: "unauthorized", message: "the API key is unknown" };
    for (const body of [said, { error: { type: "authentication_error", ...said }, detail: said }]) {
      expect(errorOf(401, body)).toMatchObject({
        wireCode: said.code,
        message: said.message,
      });
    }
  });

  it("distinguishes an expired token from an invalid one, in either dialect", () => {
    const said = { code: "token_expired", message: "the job token has expired" };
    for (const body of [said, { error: said, detail: said }])
      expect(errorOf(401, body).code).toBe("token_expired");
  });

  it("keeps the request's id and the time that the server asks to wait", () => {
    const headers = { "x-request-id": "req_1", "retry-after": "7" };
    expect(errorOf(429, {}, headers)).toMatchObject({
      requestId: "req_1",
      retryAfterMs: 7000,
    });
  });

  it.each(["", "<html>", "[]", "null", '{"error":"down"}', '{"code":1,"message":"x"}'])(
    "contains the status if the body is %s",
    (body) => {
      expect(errorOf(502, body)).toMatchObject({
        message: "the server answered 502",
        wireCode: undefined,
      });
    },
  );
});
