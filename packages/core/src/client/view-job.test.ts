import { describe, expect, test } from "vitest";
import { acceptedAt } from "../job/accepted-at.ts";
import { anyJobWire } from "../job/job-list.ts";
import { batchJobs } from "../testing/batch-fixtures.ts";
import { ingestJobs } from "../testing/ingest-fixtures.ts";
import { clientDialects } from "./dialects.ts";
import { viewJob } from "./view-job.ts";

const view = (job: object) => viewJob(anyJobWire.parse(job));

describe.each(clientDialects)("a job of the $name dialect", ({ name, statuses }) => {
  const jobs = Object.values<object>(name === "batch" ? batchJobs : ingestJobs);

  test.each(jobs)("is shown with its dialect and its state: %j", (job) => {
    const { dialect, status, state } = view(job);
    expect([dialect, state]).toEqual([name, statuses.nameOf(status)]);
  });
});

test("the code of a failure is `error.reason` if the server sends it, otherwise `error.code`", () => {
  const { error } = ingestJobs.failed;
  expect(view(ingestJobs.failed).failure?.code).toBe(error.code);
  expect(view({ ...ingestJobs.failed, error: { ...error, reason: "cancelled" } }).failure?.code).toBe(
    "cancelled",
  );
  expect(view(ingestJobs.running).failure).toBeUndefined();
});

test("an unknown status is shown without a state", () => {
  expect(view({ ...ingestJobs.running, status: "napping" })).toMatchObject({
    status: "napping",
    state: undefined,
  });
});

test("the time at which a job was accepted is in the job or else in its id", () => {
  expect(acceptedAt(view(ingestJobs.running))).toBe(ingestJobs.running.created_at);
  const id = "job_019a2f3c4d5e7f60a1b2c3d4e5f60718";
  expect(acceptedAt(view({ ...batchJobs.processing, id }))).toBe(new Date(0x019a2f3c4d5e).toISOString());
  expect(acceptedAt(view({ ...batchJobs.processing, id: "b1" }))).toBeUndefined();
});
