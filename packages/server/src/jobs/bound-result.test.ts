import type { IngestResult, MemoryId } from "@memlane/core";
import { ingestJobArbitrary } from "@memlane/core/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { boundResult } from "./bound-result.ts";

const id = "018ba85a-1d20-7c3d-8a1b-0123456789ab" as MemoryId;
const lengthsOf = ({ created, updated, supersededBy, messages = [] }: IngestResult) =>
  created.length + updated.length + Object.keys(supersededBy).length + messages.length;

test("a result of ordinary size does not change", () =>
  fc.assert(
    fc.property(ingestJobArbitrary, (job) => {
      if (job.state === "succeeded") expect(boundResult(job.result)).toBe(job.result);
    }),
  ));

test("a large result is cut to little more than 256 KiB, and each entry is kept or counted", () =>
  fc.assert(
    fc.property(
      fc.record({
        created: fc.nat(9000),
        messages: fc.nat(20_000),
        length: fc.nat(400),
        superseded: fc.nat(9000),
      }),
      ({ created, messages, length, superseded }) => {
        const whole: IngestResult = {
          created: Array.from({ length: created }, () => ({ id, type: "fact", text: "é".repeat(length) })),
          updated: [],
          supersededBy: Object.fromEntries(
            Array.from({ length: superseded }, (_, index) => [String(index), id]),
          ),
          stageTimings: {},
          messages: Array.from({ length: messages }, (_, index) => ({
            index,
            outcome: "stored" as const,
            memoryIds: [id],
          })),
          ignoredGroupIds: [],
        };
        const bounded = boundResult(whole);
        expect(Buffer.byteLength(JSON.stringify(bounded))).toBeLessThan(0.3 * 1024 * 1024);
        expect(lengthsOf(bounded) + (bounded.leftOut ?? 0)).toBe(lengthsOf(whole));
        expect(bounded.created).toEqual(whole.created.slice(0, bounded.created.length));
      },
    ),
    { numRuns: 20 },
  ));
