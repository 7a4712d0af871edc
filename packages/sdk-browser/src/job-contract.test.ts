// A page reads jobs by hand, since core's schemas are too large for it: the two must never differ.
import { batchJobWire, ingestJobWire, type Json } from "@memlane/core";
import { batchJobs, ingestJobs, jsonArbitrary, mutatedJsonArbitrary } from "@memlane/core/testing";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { readBatchJob } from "./batch-job.ts";
import { readIngestJob } from "./ingest-job.ts";

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
    fc.property(jsonAround(batchJobs), (json) => {
      expect(outcomeOf(readBatchJob, json)).toEqual(batchJobWire.safeParse(json).data);
    }),
    { numRuns: 1000 },
  );
});

it("reads an ingest job exactly as core's schema does, and refuses what it refuses", () => {
  fc.assert(
    fc.property(jsonAround(ingestJobs), (json) => {
      expect(outcomeOf(readIngestJob, json)).toEqual(ingestJobWire.safeParse(json).data);
    }),
    { numRuns: 1000 },
  );
});
