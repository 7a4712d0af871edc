import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../json.ts";
import { ingestJobs } from "./ingest-fixtures.ts";
import { jsonArbitrary } from "./json-arbitraries.ts";
import { shapeProblems } from "./shape.ts";

test("for all objects, additional fields are allowed", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), jsonArbitrary), jsonArbitrary, (object, more) => {
      fc.pre(!Object.hasOwn(object, "more"));
      expect(shapeProblems({}, { ...object, more })).toEqual([]);
    }),
  );
});

test("for all fixtures, a document has its own shape", () => {
  for (const job of Object.values(ingestJobs)) expect(shapeProblems(job, job)).toEqual([]);
});

test.each([
  [{ a: 1 }, {}, "$.a is missing"],
  [{ a: 1 }, { a: "1" }, "$.a is string, not number"],
  [{ a: null }, { a: {} }, "$.a is object, not null"],
  [{ a: {} }, { a: [] }, "$.a is array, not object"],
  [{ a: [{ b: 1 }] }, { a: [{ b: 2 }, {}] }, "$.a[1].b is missing"],
  [{ toString: 1 }, {}, "$.toString is missing"],
  [{}, undefined, "$ is undefined, not object"],
] satisfies [Json, unknown, string][])("%j against %j: %s", (expected, actual, problem) => {
  expect(shapeProblems(expected, actual)).toEqual([problem]);
});

test("an array may be empty", () => {
  expect(shapeProblems([{ a: 1 }], [])).toEqual([]);
  expect(shapeProblems([], [1])).toEqual([]);
});
