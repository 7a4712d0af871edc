import * as fc from "fast-check";
import { expect, test } from "vitest";
import { judge } from "./verdict.ts";

const hourMs = 3_600_000;
const rules = {
  maximumAttempts: 10,
  backoff: { initialMs: 5000, factor: 4, maximumMs: 8 * hourMs, jitter: 0.2 },
};
const answer = (status: number, retryAfter?: string) => ({ status, retryAfter });
const isAgain = (status: number) => judge(answer(status), 1, rules, 0, 0).state === "pending";

test("for all statuses: 2xx succeeds, 4xx is final but for 408 and 429, the rest is tried again", () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), (status) => {
      const { state } = judge(answer(status), 1, rules, 0, 0);
      if (status < 300) expect(state).toBe("succeeded");
      else if (status === 408 || status === 429 || status < 400 || status >= 500)
        expect(state).toBe("pending");
      else expect(state).toBe("failed");
    }),
  );
  expect([301, 408, 410, 429, 500].map(isAgain)).toEqual([true, true, false, true, true]);
});

test("an attempt without an answer is made again, until there were enough", () => {
  const states = Array.from({ length: 10 }, (_, i) => judge({ error: "x" }, i + 1, rules, 0, 0).state);
  expect(states).toEqual([...Array<string>(9).fill("pending"), "failed"]);
});

test.each([0, 1])("the attempts are spread over about a day, whatever chance says: %d", (random) => {
  let totalMs = 0;
  for (let attempts = 1; ; attempts += 1) {
    const verdict = judge({ error: "x" }, attempts, rules, 0, random);
    if (verdict.state !== "pending") break;
    totalMs += verdict.delayMs;
  }
  expect(totalMs / hourMs).toBeGreaterThan(18);
  expect(totalMs / hourMs).toBeLessThan(24);
});

test("a receiver that says when is obeyed, but not beyond the longest delay", () => {
  expect(judge(answer(503, "120"), 1, rules, 0, 0)).toEqual({ state: "pending", delayMs: 120_000 });
  expect(judge(answer(429, "0"), 1, rules, 0, 0)).toEqual({ state: "pending", delayMs: 5000 });
  expect(judge(answer(503, "9999999"), 1, rules, 0, 0)).toEqual({ state: "pending", delayMs: 8 * hourMs });
});
