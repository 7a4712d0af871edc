import * as fc from "fast-check";
import { expect, test } from "vitest";
import { batchJobCodec } from "../batch/job-codec.ts";
import { ingestJobCodec } from "../ingest/job-codec.ts";
import type { Json } from "../json.ts";
import { batchJobs } from "./batch-fixtures.ts";
import { ingestJobs } from "./ingest-fixtures.ts";
import { mutatedJsonArbitrary } from "./json-arbitraries.ts";

test.each([
  ["ingest", ingestJobs.succeeded, ingestJobCodec],
  ["batch", batchJobs.completed, batchJobCodec],
] as const)("mutations of a job of the %s dialect are mostly invalid, but not always", (_, job, codec) => {
  const mutants = fc.sample(mutatedJsonArbitrary(fc.constant<Json>(job)), { numRuns: 1000, seed: 1 });
  const accepted = mutants.filter((mutant) => codec.safeParse(mutant).success).length;
  expect(accepted).toBeGreaterThan(50);
  expect(accepted).toBeLessThan(950);
});

test("a mutation does not change its original", () => {
  const before = JSON.stringify(ingestJobs.succeeded);
  fc.sample(mutatedJsonArbitrary(fc.constant<Json>(ingestJobs.succeeded)), 100);
  expect(JSON.stringify(ingestJobs.succeeded)).toBe(before);
});
