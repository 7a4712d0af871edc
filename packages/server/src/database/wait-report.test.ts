import { expect, test } from "vitest";
import { createWaitReport } from "./wait-report.ts";

test("a wait is reported after a second, each time that it has doubled, and at least once a minute", () => {
  const said: string[] = [];
  let nowMs = 5000;
  const report = createWaitReport(
    (sentence) => said.push(sentence),
    () => nowMs,
  );
  for (; nowMs <= 5000 + 250_000; nowMs += 250) report("a lock");
  expect(said).toEqual(
    [1, 2, 4, 8, 16, 32, 64, 124, 184, 244].map((s) => `Waiting for a lock: ${s} s so far.`),
  );
});
