// A page reads jobs by hand, since core's schemas are too large for it: the two must never differ.
import { batchJobWire, ingestJobWire, type Json } from "@memlane/core";
import { batchJobs, ingestJobs, jsonArbitrary, mutatedJsonArbitrary } from "@memlane/core/testing";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { readBatchJob } from "./batch-job.ts";
import { readIngestJob } from "./ingest-job.ts";

const expires_at = "2023-11-08T05:31:58Z";
const error = { type: "cancelled", code: "cancelled", message: "It was cancelled." };
const fullBatch = {
  ...batchJobs.failed,
  failed: 1,
  errors: [
    { index: 2, error: "content must not be empty", code: "empty_content", retryable: false, id: "a" },
  ],
  error,
  expires_at,
};
const fullIngest = { ...ingestJobs.succeeded, expires_at };

/** Valid jobs, jobs with something wrong in them, and what is no job at all. */
const jsonAround = (jobs: Readonly<Record<string, Json>>): fc.Arbitrary<Json> => {
  const valid = fc.constantFrom(...Object.values(jobs));
  return fc.oneof(valid, { arbitrary: mutatedJsonArbitrary(valid), weight: 8 }, jsonArbitrary);
};

function outcomeOf<Job>(read: (json: unknown) => Job, json: Json): Job | undefined {
  try {
    return read(json);
  } catch {
    return undefined;
  }
}

it("reads a batch job exactly as core's schema does, and refuses what it refuses", () => {
  fc.assert(
    fc.property(jsonAround({ ...batchJobs, fullBatch }), (json) => {
      expect(outcomeOf(readBatchJob, json)).toEqual(batchJobWire.safeParse(json).data);
    }),
    { numRuns: 1000 },
  );
});

it("reads an ingest job exactly as core's schema does, and refuses what it refuses", () => {
  fc.assert(
    fc.property(jsonAround({ ...ingestJobs, fullIngest }), (json) => {
      expect(outcomeOf(readIngestJob, json)).toEqual(ingestJobWire.safeParse(json).data);
    }),
    { numRuns: 1000 },
  );
});
