import { MemlaneError } from "@memlane/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { afterFailure, AttemptOverdueError } from "./retry-policy.ts";

const driverMessage = 'could not extend file "base/5/16401": No space left on device';
const databaseError = (code: string) => Object.assign(new Error(driverMessage), { code });
const maximumAttempts = 5;
const last = { attempts: maximumAttempts, interruptions: 0 };

describe("a transient error of the database", () => {
  test.each(["53100", "57P03", "25006", "40001", "57014", "ECONNRESET"])(
    "does not count as an attempt, even at the last attempt: %s",
    (code) =>
      expect(afterFailure(databaseError(code), last, maximumAttempts, 0)).toEqual({
        type: "retry",
        delayMs: 1000,
        isCounted: false,
        code: "ingest_failed",
        reason: "the database interrupted this attempt",
      }),
  );

  test.each([
    ["57014", 30, 10],
    ["53100", 10_000, 3 * 24 * 60],
  ])("is free for %s until the %dth, which is after at least %d minutes", (code, free, minutes) => {
    let waitedMs = 0;
    let interruptions = 0;
    for (; ; interruptions += 1) {
      const next = afterFailure(databaseError(code), { attempts: 1, interruptions }, maximumAttempts, 1);
      if (next.type === "fail" || next.isCounted) break;
      waitedMs += next.delayMs;
    }
    expect(interruptions).toBe(free);
    expect(waitedMs).toBeGreaterThanOrEqual(minutes * 60_000);
  });

  test("ends a job after its last attempt, if the free interruptions are used up", () => {
    const used = { attempts: maximumAttempts, interruptions: 30 };
    expect(afterFailure(databaseError("57014"), used, maximumAttempts, 0)).toMatchObject({
      type: "fail",
      failure: { code: "ingest_failed" },
    });
  });
});

test("any other error counts as an attempt, and the last attempt ends the job", () => {
  for (let attempts = 1; attempts < maximumAttempts; attempts += 1) {
    const next = afterFailure(new Error("x"), { attempts, interruptions: 0 }, maximumAttempts, 0);
    expect(next).toEqual({
      type: "retry",
      delayMs: Math.min(1000 * 4 ** (attempts - 1), 60_000),
      isCounted: true,
      code: "ingest_failed",
      reason: "something went wrong on our side",
    });
  }
  expect(afterFailure(new Error("x"), last, maximumAttempts, 0)).toMatchObject({ type: "fail" });
});

test("an endpoint's Retry-After is used, up to ten minutes", () => {
  const delayFor = (retryAfterMs: number) => {
    const error = new MemlaneError({ code: "ingest_failed", message: "busy", retryAfterMs });
    return afterFailure(error, { attempts: 1, interruptions: 0 }, maximumAttempts, 0);
  };
  expect(delayFor(90_000)).toMatchObject({ delayMs: 90_000 });
  expect(delayFor(86_400_000)).toMatchObject({ delayMs: 600_000 });
});

test("no message of a driver or a library becomes a job's failure", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(undefined, "53100", "57014", "23505", "XX000", "ECONNREFUSED", "ENOENT"),
      fc.nat({ max: 20_000 }),
      (code, interruptions) => {
        const error = code === undefined ? new Error(driverMessage) : databaseError(code);
        const next = afterFailure(error, { attempts: maximumAttempts, interruptions }, maximumAttempts, 0);
        expect(JSON.stringify(next)).not.toContain("base/5");
      },
    ),
  );
  expect(afterFailure(new AttemptOverdueError(50), last, maximumAttempts, 0)).toMatchObject({
    failure: { code: "timed_out", message: "the job did not end within the 0.05 s that an attempt may take" },
  });
});
