import * as fc from "fast-check";
import { expect, expectTypeOf, test } from "vitest";
import * as z from "zod/mini";
import { batchStatuses } from "../batch/status.ts";
import { ingestStatuses, type IngestStatus } from "../ingest/status.ts";
import { jobStateArbitrary } from "../testing/job-arbitraries.ts";
import { createVocabulary, vocabularyWire } from "./vocabulary.ts";

for (const [dialect, statuses] of Object.entries({ ingest: ingestStatuses, batch: batchStatuses })) {
  test(`for all states, the ${dialect} word reads back as the state`, () => {
    fc.assert(
      fc.property(jobStateArbitrary, (state) => {
        expect(statuses.nameOf(statuses.words[state])).toBe(state);
      }),
    );
  });
}

test("the words are those of the seeds", () => {
  expect(Object.values(ingestStatuses.words)).toEqual(["pending", "running", "succeeded", "failed"]);
  expect(Object.values(batchStatuses.words)).toEqual(["pending", "processing", "completed", "failed"]);
  expectTypeOf<IngestStatus>().toEqualTypeOf<"pending" | "running" | "succeeded" | "failed">();
});

test.each(["", "PENDING", "completed ", "queued", "__proto__", "constructor", "toString"])(
  "%j is no status word",
  (word) => {
    expect(ingestStatuses.nameOf(word)).toBeUndefined();
    expect(vocabularyWire(ingestStatuses).safeParse(word).success).toBe(false);
  },
);

test("a word for two names reads as the first name", () => {
  const vocabulary = createVocabulary({ general: "word", special: "word", other: "else" });
  expect(vocabulary.nameOf("word")).toBe("general");
  expect(z.encode(vocabularyWire(vocabulary), "special")).toBe("word");
});
