import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { jobIds } from "../ids/id.ts";
import { ingestJobs } from "../testing/ingest-fixtures.ts";
import { ingestJobArbitrary } from "../testing/job-arbitraries.ts";
import { ingestJobWire } from "./job.ts";
import { ingestJobCodec } from "./job-codec.ts";

const { pending, running, succeeded, failed } = ingestJobs;

/** A value after printing and parsing as JSON. */
function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test("for all jobs, what is printed reads back unchanged, also through JSON", () => {
  fc.assert(
    fc.property(ingestJobArbitrary, (job) => {
      expect(ingestJobCodec.parse(throughJson(z.encode(ingestJobCodec, job)))).toEqual(job);
    }),
  );
});

test("for all jobs, printing is stable: reading and printing again gives the same text", () => {
  fc.assert(
    fc.property(ingestJobArbitrary, (job) => {
      const printed = JSON.stringify(z.encode(ingestJobCodec, job));
      expect(JSON.stringify(z.encode(ingestJobCodec, ingestJobCodec.parse(JSON.parse(printed))))).toBe(
        printed,
      );
    }),
  );
});

test("for all jobs, a client of the dialect can read what the codec prints", () => {
  fc.assert(
    fc.property(ingestJobArbitrary, (job) => {
      const printed = throughJson(z.encode(ingestJobCodec, job));
      expect(ingestJobWire.parse(printed)).toEqual(printed);
    }),
  );
});

test.each(Object.values(ingestJobs))("the seed's $status job can be read and printed", (fixture) => {
  const job = ingestJobCodec.parse(fixture);
  expect(jobIds.print(job.id)).toBe(fixture.id);
  expect(z.encode(ingestJobCodec, job)).toEqual({
    ...fixture,
    created_at: new Date(fixture.created_at).toISOString(),
    updated_at: new Date(fixture.updated_at).toISOString(),
  });
});

test("reading accepts more than printing", () => {
  const spelled = {
    ...succeeded,
    id: "A1B2C3D4-E5F6-0718-2930-4A5B6C7D8E9F",
    created_at: "2023-11-07T07:31:56+02:00",
    extra: true,
    result: {
      ...succeeded.result,
      memories_created: [{ id: "mem_018BA85A1D207C3D8A1B0123456789AB", type: "fact", text: "", score: 1 }],
    },
  };
  expect(z.encode(ingestJobCodec, ingestJobCodec.parse(spelled))).toMatchObject({
    id: succeeded.id,
    created_at: "2023-11-07T05:31:56.000Z",
    result: { memories_created: [{ id: "018ba85a-1d20-7c3d-8a1b-0123456789ab", type: "fact", text: "" }] },
  });
  expect(z.encode(ingestJobCodec, ingestJobCodec.parse(spelled))).not.toHaveProperty("extra");
});

test("the fields that the seed requires of a job are enough", () => {
  const { id, created_at } = pending;
  expect(ingestJobCodec.parse({ id, status: "pending", created_at })).toMatchObject({
    state: "queued",
    createdAt: new Date(created_at),
    updatedAt: new Date(created_at),
  });
});

test("the fields of the seed's example of a result are enough", () => {
  const memories_created = [{ id: "018ba85a-1d20-7c3d-8a1b-0123456789ab", text: "Lives in Berlin." }];
  expect(ingestJobCodec.parse({ ...succeeded, result: { memories_created } })).toMatchObject({
    result: {
      created: [{ type: "fact", text: "Lives in Berlin." }],
      updated: [],
      supersededBy: {},
      stageTimings: {},
      ignoredGroupIds: [],
    },
  });
});

describe("a status that contradicts result or error is refused", () => {
  const { result } = succeeded;
  const { error } = failed;
  test.each([
    ["pending with a result", { ...pending, result }],
    ["pending with an error", { ...pending, error }],
    ["running with a result", { ...running, result }],
    ["running with an error", { ...running, error }],
    ["succeeded without a result", { ...succeeded, result: null }],
    ["succeeded with an error", { ...succeeded, error }],
    ["failed without an error", { ...failed, error: null }],
    ["failed with a result", { ...failed, result }],
  ])("%s", (_, wire) => {
    expect(ingestJobCodec.safeParse(wire).error?.issues[0]?.message).toContain("contradict");
    expect(ingestJobWire.safeParse(wire).success).toBe(true); // a client accepts it
  });
});

test.each([
  ["an unknown status", { ...pending, status: "napping" }],
  ["the other dialect's status", { ...running, status: "processing" }],
  ["an id that is none", { ...pending, id: "job_1" }],
  ["a day that does not exist", { ...pending, created_at: "2025-02-30T00:00:00Z" }],
  ["another object", { ...pending, object: "ingest_result" }],
])("%s is refused", (_, wire) => {
  expect(ingestJobCodec.safeParse(wire).success).toBe(false);
});

test("a client reads an unknown status as the raw word", () => {
  expect(ingestJobWire.parse({ ...running, status: "napping" }).status).toBe("napping");
});
