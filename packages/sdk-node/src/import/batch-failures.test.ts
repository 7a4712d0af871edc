import { describe, expect, it } from "vitest";
import { batchFailures } from "./batch-failures.ts";

const job = (changes: object) => ({
  id: "job_1",
  status: "completed",
  received: 3,
  imported: 3,
  failed: 0,
  errors: [],
  ...changes,
});

const unsaid = { code: null, retryable: null, job: "job_1" };

describe("batchFailures", () => {
  it("finds none in a batch that was stored completely", () => {
    expect(batchFailures(job({}), [4, 5, 9])).toEqual([]);
  });

  it("names the line that each item came from", () => {
    const ended = job({
      imported: 2,
      failed: 1,
      errors: [{ index: 2, error: "no", code: "c", retryable: false }],
    });
    expect(batchFailures(ended, [4, 5, 9])).toEqual([
      { error: { line: 9, error: "no", code: "c", retryable: false, job: "job_1" }, scope: {} },
    ]);
  });

  it("counts the items that a capped list leaves out", () => {
    const ended = job({ imported: 0, failed: 3, errors: [{ index: 0, error: "no" }] });
    expect(batchFailures(ended, [4, 5, 9])).toEqual([
      { error: { line: 4, error: "no", ...unsaid }, scope: {} },
      {
        error: {
          line: 4,
          error: "2 more of lines 4 to 9 were not imported, because the batch ended as completed",
          ...unsaid,
        },
        scope: { count: 2, lines: [5, 9], outcome: "failed" },
      },
    ]);
  });

  it("does not know which items were stored if the list of failures is incomplete", () => {
    const [failure] = batchFailures(job({ imported: 1, failed: 2 }), [4, 5, 9]);
    expect(failure?.scope).toEqual({ count: 2, lines: [4, 5, 9], outcome: "unknown" });
  });

  it("counts every item of a batch that could not run, and says why", () => {
    const error = { type: "server_error", code: "attempts_exhausted", message: "the worker died" };
    const [failure] = batchFailures(job({ status: "failed", imported: 0, error }), [4, 5, 9]);
    expect(failure?.error).toMatchObject({
      error: expect.stringContaining("ended as failed: the worker died"),
      code: "attempts_exhausted",
    });
    expect(failure?.scope).toEqual({ count: 3, lines: [4, 5, 9], outcome: "failed" });
  });
});
