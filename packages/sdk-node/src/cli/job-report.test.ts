import type { IngestJobWire } from "@memlane/core";
import { viewJob, type JobView } from "@memlane/core/internal";
import { describe, expect, it } from "vitest";
import { describeJob, describeJobDetails, describeListedJob } from "./job-report.ts";

const ingest = (changes: Partial<IngestJobWire>): IngestJobWire => ({
  object: "ingest_job",
  id: "job_1",
  status: "pending",
  created_at: "2026-01-01T00:00:00Z",
  result: null,
  error: null,
  ...changes,
});
const succeeded = ingest({
  status: "succeeded",
  result: {
    object: "ingest_result",
    memories_created: [{ id: "m1", type: "fact", text: "Has a dog.\nAnd a cat." }],
    memories_updated: [{ id: "m2", type: "fact", text: "Lives in Oslo." }],
    memories_superseded_by: {},
    stage_timings: {},
    ignored_group_ids: [],
  },
});
const failed = ingest({
  status: "failed",
  error: { type: "server_error", code: "ingest_failed", message: "no model" },
});
const batch = { id: "job_2", status: "processing", received: 500, imported: 120, failed: 0, errors: [] };
/** A job of a third dialect, as its file `job-view.ts` makes it. */
const notes: JobView = {
  ...batch,
  id: "IMP-019A2F3C4D5E7F60A1B2C3D4E5F60718",
  dialect: "notes",
  kind: "batch",
  status: "done",
  state: "succeeded",
  failure: undefined,
  created_at: "2026-01-01T00:00:00.000Z",
  imported: 499,
  failed: 1,
  errors: [{ index: 17, error: "content must not be empty" }],
};

describe("describeJob", () => {
  it.each([
    [ingest({}), "pending"],
    [succeeded, "succeeded: 1 memory created, 1 updated"],
    [failed, "failed: no model"],
    [batch, "processing: 120 of 500 memories imported"],
    [{ ...batch, status: "completed", failed: 1 }, "completed: 120 of 500 memories imported, 1 failed"],
    [
      ingest({
        status: "running",
        attempts: 2,
        last_error: "model busy",
        next_attempt_at: "2026-01-01T00:01:00.000Z",
      }),
      "running, attempt 2 failed: model busy; the next is at 2026-01-01T00:01:00.000Z",
    ],
    [
      { ...batch, attempts: 3, last_error: "model busy" },
      "processing: 120 of 500 memories imported, attempt 3 after a failure: model busy",
    ],
  ])("says where the job is (%#)", (job, line) => expect(describeJob(viewJob(job))).toBe(line));
});

describe("describeJobDetails", () => {
  it("lists the memories of a conversation", () => {
    expect(describeJobDetails(viewJob(succeeded))).toEqual([
      "  + Has a dog. And a cat.",
      "  ~ Lives in Oslo.",
    ]);
  });

  it("says how many entries a large result leaves out", () => {
    const large = { ...succeeded, result: { ...succeeded.result!, left_out: 7 } };
    expect(describeJobDetails(viewJob(large)).at(-1)).toBe(
      "  … and 7 more, which the server left out of its answer",
    );
  });

  it("lists the items of a batch that failed", () => {
    const errors = [{ index: 17, error: "content must not be empty" }];
    expect(describeJobDetails(viewJob({ ...batch, errors }))).toEqual([
      "  item 17: content must not be empty",
    ]);
  });
});

it("prints a job of a third dialect", () => {
  expect([describeListedJob(notes), ...describeJobDetails(notes)]).toEqual([
    "IMP-019A2F3C4D5E7F60A1B2C3D4E5F60718  batch   2026-01-01T00:00:00Z  done: 499 of 500 memories imported, 1 failed",
    "  item 17: content must not be empty",
  ]);
});
