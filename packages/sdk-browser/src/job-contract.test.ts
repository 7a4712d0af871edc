// A page has its own readers for jobs, because core's schemas are too large. Both must accept the
// same values.
import { batchJobWire, ingestJobWire } from "@memlane/core";
import type { Json } from "@memlane/core/internal";
import {
  batchJobJsonArbitrary,
  batchJobs,
  ingestJobJsonArbitrary,
  ingestJobs,
  jsonArbitrary,
  mutatedJsonArbitrary,
} from "@memlane/core/testing";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { dialects } from "./dialects.ts";

/** Valid jobs, jobs with something wrong in them, and values that are not jobs. */
const jsonAround = (
  fixtures: Readonly<Record<string, Json>>,
  generated: fc.Arbitrary<Json>,
): fc.Arbitrary<Json> => {
  const valid = fc.oneof(fc.constantFrom(...Object.values(fixtures)), generated.map(withoutRetry));
  return fc.oneof(valid, { arbitrary: mutatedJsonArbitrary(valid), weight: 8 }, jsonArbitrary);
};

/** Without the fields of a repeated run: a page does not read them, because their readers would make the bundle too large. */
function withoutRetry(json: Json): Json {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return json;
  const leftOut = new Set(["attempts", "last_error", "next_attempt_at"]);
  return Object.fromEntries(Object.entries(json).filter(([name]) => !leftOut.has(name)));
}

function outcomeOf<Job>(read: (json: unknown) => Job, json: Json): Job | undefined {
  try {
    return read(json);
  } catch {
    return undefined;
  }
}

it("accepts the same batch jobs as core's schema, and reads the same values from them", () => {
  fc.assert(
    fc.property(jsonAround(batchJobs, batchJobJsonArbitrary), (json) => {
      expect(outcomeOf(dialects.batch.readJob, json)).toEqual(batchJobWire.safeParse(json).data);
    }),
    { numRuns: 1000 },
  );
});

it("accepts the same ingest jobs as core's schema, and reads the same values from them", () => {
  fc.assert(
    fc.property(jsonAround(ingestJobs, ingestJobJsonArbitrary), (json) => {
      expect(outcomeOf(dialects.ingest.readJob, json)).toEqual(ingestJobWire.safeParse(json).data);
    }),
    { numRuns: 1000 },
  );
});
