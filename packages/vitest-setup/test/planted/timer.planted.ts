import { test } from "vitest";

test("leaves a timer running", () => {
  setInterval(() => undefined, 1_000);
});
