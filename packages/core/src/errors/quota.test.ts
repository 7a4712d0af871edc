import * as z from "zod/mini";
import { expect, test } from "vitest";
import { batchDialect } from "../batch/dialect.ts";
import { errorOfAnswer } from "../client/error-answer.ts";
import { ingestDialect } from "../ingest/dialect.ts";

const quota = { limit: 1000, used: 980, resetsAt: new Date("2027-01-01T00:00:00Z") };
const report = { code: "quota_exceeded", message: "full", requestId: null, issues: [], quota } as const;
const errorOf = (body: unknown) =>
  errorOfAnswer({ status: 429, header: () => null, body: JSON.stringify(body) }, 0);

test.each([ingestDialect, batchDialect])(
  "a quota keeps its numbers in the dialect $name, also for a client",
  ({ error }) => {
    const body = z.encode(error, report);
    expect(z.decode(error, body)).toEqual(report);
    expect(errorOf(body)).toMatchObject({ code: "quota_exceeded", quota });
  },
);

test.each([
  { code: "quota_exceeded", message: "full" },
  { code: "quota_exceeded", message: "full", limit: 3 },
  { code: "quota_exceeded", message: "full", limit: "3", used: 3, resets_at: "2027-01-01" },
  { code: "quota_exceeded", message: "full", limit: 3, used: 3, resets_at: "soon" },
])("a client accepts a quota without readable numbers: %j", (body) => {
  const error = errorOf(body);
  expect([error.code, error.quota]).toEqual(["quota_exceeded", undefined]);
});
