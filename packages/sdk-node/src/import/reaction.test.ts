import { MemlaneError, type ErrorCode } from "@memlane/core";
import { describe, expect, it } from "vitest";
import { reactionTo } from "./reaction.ts";

const failure = (code: ErrorCode, more: { status?: number; cause?: unknown } = {}) =>
  new MemlaneError({ code, message: code, ...more });
const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
const reset = Object.assign(new Error("read"), { code: "ECONNRESET" });

describe("reactionTo", () => {
  it.each(["too_many_batches", "rate_limit_exceeded", "unavailable", "writes_paused"] as const)(
    "waits when the server is busy: %s",
    (code) => expect(reactionTo(failure(code), true)).toBe("wait"),
  );

  it.each(["invalid_request", "body_too_large", "malformed_body"] as const)(
    "looks for the line to blame: %s",
    (code) => expect(reactionTo(failure(code), true)).toBe("split"),
  );

  it.each(["unauthenticated", "forbidden", "org_mismatch", "missing_org_id", "not_found"] as const)(
    "halts when no line would fare better: %s",
    (code) => expect(reactionTo(failure(code), true)).toBe("halt"),
  );

  it("halts at a redirect", () => {
    expect(reactionTo(failure("invalid_request", { status: 301 }), true)).toBe("halt");
  });

  it("does not send again what may have been accepted", () => {
    for (const code of ["timeout", "server_error"] as const)
      expect(reactionTo(failure(code), true)).toBe("record");
    const broken = failure("network_error", { cause: new TypeError("fetch failed", { cause: reset }) });
    expect(reactionTo(broken, true)).toBe("record");
  });

  it("waits for a server that is restarting, since nothing was sent", () => {
    const unsent = failure("network_error", { cause: new TypeError("fetch failed", { cause: refused }) });
    expect(reactionTo(unsent, true)).toBe("wait");
  });

  it("halts when there is no server to begin with", () => {
    expect(reactionTo(failure("network_error", { cause: refused }), false)).toBe("halt");
  });
});
