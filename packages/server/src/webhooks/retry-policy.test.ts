import * as fc from "fast-check";
import { expect, test } from "vitest";
import { afterAttempt } from "./retry-policy.ts";

const hourMs = 3_600_000;
const noLuck = { initialMs: 5000, nowMs: 0, random: 0 };
const answer = (status: number, retryAfter?: string) => ({ status, retryAfter });
const isRetried = (status: number) => afterAttempt(answer(status), 1, noLuck).state === "pending";

test("every status but 2xx and 4xx is attempted again, and so are 408 and 429", () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), (status) => {
      const { state } = afterAttempt(answer(status), 1, noLuck);
      if (status < 300) expect(state).toBe("succeeded");
      else if (status === 408 || status === 429 || status < 400 || status >= 500)
        expect(state).toBe("pending");
      else expect(state).toBe("failed");
    }),
  );
  expect([301, 408, 410, 429, 500].map(isRetried)).toEqual([true, true, false, true, true]);
});

test("a delivery without an answer fails after ten attempts", () => {
  const states = Array.from({ length: 10 }, (_, i) => afterAttempt({ error: "x" }, i + 1, noLuck).state);
  expect(states).toEqual([...Array<string>(9).fill("pending"), "failed"]);
});

test("a final error is not attempted again", () => {
  expect(afterAttempt({ error: "x", isFinal: true }, 1, noLuck)).toEqual({ state: "failed" });
});

test.each([0, 1])("the attempts take about a day if the random number is always %d", (random) => {
  let totalMs = 0;
  for (let attempts = 1; ; attempts += 1) {
    const next = afterAttempt({ error: "x" }, attempts, { ...noLuck, random });
    if (next.state !== "pending") break;
    totalMs += next.delayMs;
  }
  expect(totalMs / hourMs).toBeGreaterThan(18);
  expect(totalMs / hourMs).toBeLessThan(24);
});

test("a `Retry-After` longer than the backoff is obeyed, up to the longest delay", () => {
  expect(afterAttempt(answer(503, "120"), 1, noLuck)).toEqual({ state: "pending", delayMs: 120_000 });
  expect(afterAttempt(answer(429, "0"), 1, noLuck)).toEqual({ state: "pending", delayMs: 5000 });
  expect(afterAttempt(answer(503, "9999999"), 1, noLuck)).toEqual({
    state: "pending",
    delayMs: 8 * hourMs,
  });
});
