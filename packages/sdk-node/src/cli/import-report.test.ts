import { describe, expect, it } from "vitest";
import type { ImportReport } from "../import/import-lines.ts";
import { describeImport, describeLineErrors, describeRemains, importReportJson } from "./import-report.ts";

const counts = { lines: 1204, jobs: 1, created: 0, updated: 0, imported: 1203, failed: 1, unsent: 0 };
const about = { code: null, retryable: null };
const error = { line: 7, error: "content must not be empty", ...about, job: "job_1" };
const report: ImportReport = {
  counts,
  errors: [error],
  left: [],
  halted: undefined,
  settledThrough: 1204,
  isComplete: true,
};

describe("the report of an import", () => {
  it("is a summary in one line", () => {
    const numbers = "1,204 lines, 1 job, 1,203 memories imported, 1 failed in 12.3 s";
    expect(describeImport(report, { type: "done" }, 12_345)).toBe(`Read ${numbers}`);
    expect(describeImport(report, { type: "interrupted" }, 12_345)).toBe(`Stopped after ${numbers}`);
    const sound = { ...report, counts: { ...counts, lines: 1203, failed: 0 } };
    expect(describeImport(sound, { type: "done" }, 900)).toBe(
      "Imported 1,203 lines, 1 job, 1,203 memories imported in 0.9 s",
    );
  });

  it("lists the errors with their lines and jobs", () => {
    const errors = [{ line: 2, error: "is not JSON", ...about, job: null }, error];
    expect(describeLineErrors({ ...report, errors, counts: { ...counts, failed: 2 } })).toEqual([
      "  line 2: is not JSON",
      "  line 7: content must not be empty (job_1)",
    ]);
  });

  it("lists at most 50 errors, and counts the others", () => {
    const errors = Array.from({ length: 10_000 }, () => error);
    const lines = describeLineErrors({ ...report, errors, counts: { ...counts, failed: 20_000 } });
    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe("  … and 19,950 more; --json lists the first 10,000");
  });

  it("does not print control characters of an error to the terminal", () => {
    const [line] = describeLineErrors({ ...report, errors: [{ ...error, error: "a\u001B[2J\nb" }] });
    expect(line).toBe("  line 7: a [2J b (job_1)");
  });

  it("says how to watch the jobs that are still running", () => {
    const left = [
      { id: "job_1", kind: "batch", firstLine: 1, lastLine: 500 },
      { id: "job_2", kind: "ingest", firstLine: 501, lastLine: 501 },
    ] as const;
    expect(describeRemains({ ...report, left, counts: { ...counts, unsent: 3 } })).toEqual([
      "2 jobs still running on the server; to watch:",
      "  lines 1 to 500: memlane watch job_1 --batch",
      "  line 501: memlane watch job_2",
      "3 lines read but not sent.",
    ]);
    expect(describeRemains(report)).toEqual([]);
  });

  it("uses snake case in JSON, like the API", () => {
    expect(JSON.parse(importReportJson(report, { type: "halted", reason: "no key" }))).toEqual({
      ending: "halted",
      reason: "no key",
      lines: 1204,
      jobs: 1,
      memories_created: 0,
      memories_updated: 0,
      imported: 1203,
      failed: 1,
      unsent: 0,
      errors: [error],
      running: [],
    });
  });
});
