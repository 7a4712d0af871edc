import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { batchJobs } from "../testing/batch-fixtures.ts";
import { batchJobArbitrary } from "../testing/job-arbitraries.ts";
import { batchJobWire } from "./job.ts";
import { batchJobCodec } from "./job-codec.ts";

const { pending, processing, completed } = batchJobs;

test("for all jobs, what is printed reads back unchanged, also through JSON", () => {
  fc.assert(
    fc.property(batchJobArbitrary, (job) => {
      const body = JSON.stringify(z.encode(batchJobCodec, job));
      expect(batchJobCodec.parse(JSON.parse(body))).toEqual(job);
      expect(batchJobWire.parse(JSON.parse(body))).toEqual(JSON.parse(body));
    }),
  );
});

test.each(Object.values(batchJobs))("the seed's $status job can be read and printed", (fixture) => {
  expect(z.encode(batchJobCodec, batchJobCodec.parse(fixture))).toEqual(fixture);
});

test("reading accepts more than printing", () => {
  const { errors: _, ...rest } = pending;
  const spelled = { ...rest, id: "8F2C1AAB-4D7E-4F0C-9A1B-2C3D4E5F6A7B", extra: true };
  expect(z.encode(batchJobCodec, batchJobCodec.parse(spelled))).toEqual(pending);
});

test.each([
  ["an unknown status", { ...pending, status: "napping" }],
  ["the other dialect's status", { ...processing, status: "running" }],
  ["an id that is none", { ...pending, id: "8f2c1aab4d7e4f0c9a1b2c3d4e5f6a7b" }],
  ["a negative count", { ...pending, failed: -1 }],
  ["half a memory", { ...pending, imported: 0.5 }],
  ["a missing count", { id: pending.id, status: "pending", received: 3, imported: 0 }],
  ["an error without its index", { ...completed, errors: [{ error: "agent cap reached (3)" }] }],
  ["more outcomes than memories", { ...completed, imported: 3 }],
])("%s is refused", (_, wire) => {
  expect(batchJobCodec.safeParse(wire).success).toBe(false);
});

test("a client reads an unknown status as the raw word", () => {
  expect(batchJobWire.parse({ ...pending, status: "napping" }).status).toBe("napping");
});
