import { expect, test } from "vitest";
import { printIngestFailure, readIngestFailure } from "./failure.ts";

test.each([
  ["ingest_failed", "ingest_failed", undefined],
  ["rate_limit_exceeded", "rate_limit_exceeded", undefined],
  ["cancelled", "ingest_failed", "cancelled"],
  ["quota_exceeded", "ingest_failed", "quota_exceeded"],
])("a failure with our code %s has the vendor's code %s, and is read as before", (code, word, reason) => {
  const failure = { type: "server_error", code, message: "no" };
  const printed = printIngestFailure(failure);
  expect([printed.code, printed.reason]).toEqual([word, reason]);
  expect(readIngestFailure(printed)).toEqual(failure);
});
