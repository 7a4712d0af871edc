import { MemlaneError, type ErrorCode } from "@memlane/core";
import { describe, expect, it } from "vitest";
import { isPossiblyAccepted, reactionTo } from "./reaction.ts";

const failure = (code: ErrorCode, more: { status?: number; cause?: unknown } = {}) =>
  new MemlaneError({ code, message: code, ...more });
const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
const reset = Object.assign(new Error("read"), { code: "ECONNRESET" });

const known = { hasAnswered: true, supportsIdempotency: true };

describe("reactionTo", () => {
  it.each(["too_many_batches", "rate_limit_exceeded", "unavailable", "writes_paused"] as const)(
    "waits when the server is busy: %s",
    (code) => expect(reactionTo(failure(code), known)).toBe("wait"),
  );

  it.each(["invalid_request", "body_too_large", "malformed_body"] as const)(
    "splits to find the line that causes it: %s",
    (code) => expect(reactionTo(failure(code), known)).toBe("split"),
  );

  it.each(["unauthenticated", "forbidden", "org_mismatch", "missing_org_id", "not_found"] as const)(
    "halts if every other line would fail too: %s",
    (code) => expect(reactionTo(failure(code), known)).toBe("halt"),
  );

  it("halts at a redirect", () => {
    expect(reactionTo(failure("invalid_request", { status: 301 }), known)).toBe("halt");
  });

  it("repeats a request that may have been accepted only if the server supports idempotency keys", () => {
    const broken = failure("network_error", { cause: new TypeError("fetch failed", { cause: reset }) });
    for (const error of [failure("timeout"), failure("server_error"), broken]) {
      expect(reactionTo(error, known)).toBe("wait");
      expect(reactionTo(error, { ...known, supportsIdempotency: false })).toBe("record");
    }
  });

  it("waits for a server that is restarting, because nothing was sent", () => {
    const unsent = failure("network_error", { cause: new TypeError("fetch failed", { cause: refused }) });
    for (const supportsIdempotency of [true, false])
      expect(reactionTo(unsent, { ...known, supportsIdempotency })).toBe("wait");
  });

  it("halts if no server has ever answered", () => {
    expect(reactionTo(failure("network_error", { cause: refused }), { ...known, hasAnswered: false })).toBe(
      "halt",
    );
  });
});

describe("isPossiblyAccepted", () => {
  it.each([
    failure("unauthenticated"),
    failure("org_mismatch"),
    failure("not_found"),
    failure("rate_limit_exceeded"),
    failure("invalid_request", { status: 301 }),
    failure("network_error", { cause: new TypeError("fetch failed", { cause: refused }) }),
  ])("is sure that the server did not accept what it refused or never got: $code", (error) =>
    expect(isPossiblyAccepted(error)).toBe(false),
  );

  it.each([
    failure("timeout"),
    failure("timeout", { status: 408 }),
    failure("server_error"),
    failure("unavailable"),
    failure("conflict"),
    failure("aborted"),
    failure("unreadable_response", { status: 202 }),
    failure("network_error", { cause: new TypeError("fetch failed", { cause: reset }) }),
  ])("believes in the worst where the answer leaves it open: $code", (error) =>
    expect(isPossiblyAccepted(error)).toBe(true),
  );
});
