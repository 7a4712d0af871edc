import { describe, expect, test } from "vitest";
import { batchJobs } from "../testing/batch-fixtures.ts";
import { ingestJobs } from "../testing/ingest-fixtures.ts";
import { jobPageWire } from "./job-list.ts";
import { jobListQueryWire } from "./job-list-query.ts";

describe("the query of a list of jobs", () => {
  test.each([
    ["pending", "queued"],
    ["running", "active"],
    ["processing", "active"],
    ["succeeded", "succeeded"],
    ["completed", "succeeded"],
    ["failed", "failed"],
  ])("accepts %s of either dialect as %s of both", (status, state) => {
    expect(jobListQueryWire.parse({ status }).status).toBe(state);
  });

  test.each([
    { status: "napping" },
    { status: "queued" },
    { kind: "import" },
    { limit: "0" },
    { limit: "501" },
  ])("refuses %j", (query) => {
    expect(jobListQueryWire.safeParse(query).success).toBe(false);
  });
});

test("a page contains the jobs of both dialects unchanged", () => {
  const data = [...Object.values(ingestJobs), ...Object.values(batchJobs)];
  const page = { object: "list", data, has_more: false, next_cursor: null };
  expect(jobPageWire.parse(page)).toEqual(page);
});
