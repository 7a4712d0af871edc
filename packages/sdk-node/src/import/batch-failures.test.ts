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

describe("batchFailures", () => {
  it("finds none in a batch that was imported whole", () => {
    expect(batchFailures(job({}), [4, 5, 9])).toEqual([]);
  });

  it("names the line that each item came from", () => {
    const ended = job({ imported: 2, failed: 1, errors: [{ index: 2, error: "content must not be empty" }] });
    expect(batchFailures(ended, [4, 5, 9])).toEqual([
      { error: { line: 9, error: "content must not be empty", job: "job_1" }, count: 1 },
    ]);
  });

  it("counts the items that a capped list leaves out", () => {
    const ended = job({ imported: 0, failed: 3, errors: [{ index: 0, error: "no" }] });
    expect(batchFailures(ended, [4, 5, 9])).toEqual([
      { error: { line: 4, error: "no", job: "job_1" }, count: 1 },
      {
        error: {
          line: 4,
          error: "2 more of lines 4 to 9 not imported, the batch ended as completed",
          job: "job_1",
        },
        count: 2,
      },
    ]);
  });

  it("counts every item of a batch that could not run", () => {
    const [failure] = batchFailures(job({ status: "failed", imported: 0 }), [4, 5, 9]);
    expect(failure).toMatchObject({ count: 3, error: { error: expect.stringContaining("ended as failed") } });
  });
});
