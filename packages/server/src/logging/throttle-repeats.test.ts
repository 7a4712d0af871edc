import pino from "pino";
import { expect, test } from "vitest";
import { throttleRepeats } from "./throttle-repeats.ts";

test("a transient error is logged once in five seconds with its count, any other error each time", () => {
  let nowMs = 0;
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = pino({ base: null, timestamp: false, hooks: throttleRepeats(() => nowMs) }, destination);
  const away = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });

  for (let request = 0; request < 1000; request += 1) {
    log.child({ request }).error({ err: away }, "request failed");
    log.error({ status: 503 }, "request");
    if (request < 2) log.error({ status: 500 }, "other request");
    if (request < 2) log.warn({ err: away }, "cannot claim jobs");
    if (request < 2) log.error({ err: new Error("ours") }, "request failed");
    if (request < 2) log.info({ err: away }, "for information");
    if (request < 2) log.warn("no fields");
  }
  nowMs = 5000;
  log.error({ err: away }, "request failed");
  nowMs = 10_000;
  log.error({ err: away }, "request failed");

  const seen = lines.map((line) => {
    const { msg, left_out, err } = JSON.parse(line);
    return [msg, err?.message, left_out];
  });
  expect(seen).toEqual([
    ["request failed", "connect", undefined],
    ["request", undefined, undefined],
    ["other request", undefined, undefined],
    ["cannot claim jobs", "connect", undefined],
    ["request failed", "ours", undefined],
    ["for information", "connect", undefined],
    ["no fields", undefined, undefined],
    ["other request", undefined, undefined],
    ["request failed", "ours", undefined],
    ["for information", "connect", undefined],
    ["no fields", undefined, undefined],
    ["request failed", "connect", 999],
    ["request failed", "connect", undefined],
  ]);
});
