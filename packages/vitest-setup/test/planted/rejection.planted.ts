import { test } from "vitest";

test("leaves a rejection unhandled", () => {
  void Promise.reject(new Error("nothing handles this"));
});
