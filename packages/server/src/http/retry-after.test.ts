import { errorTable, type ErrorCode } from "@memlane/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { retryAfterOf } from "./retry-after.ts";

test("an answer asks only for a short wait that helps, however long the error's own wait is", () => {
  const some = fc.record({
    code: fc.constantFrom(...(Object.keys(errorTable) as ErrorCode[])),
    retryAfterMs: fc.nat(),
  });
  fc.assert(
    fc.property(some, (error) => {
      const { "retry-after": seconds } = retryAfterOf(error);
      const helps = ["rate_limit_exceeded", "signup_rate_limited", "writes_paused", "unavailable"].includes(
        error.code,
      );
      expect(seconds !== undefined).toBe(helps);
      if (seconds !== undefined)
        expect(seconds).toBeOneOf(Array.from({ length: 60 }, (_, index) => String(index + 1)));
    }),
  );
});
