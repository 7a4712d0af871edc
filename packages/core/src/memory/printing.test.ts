import * as fc from "fast-check";
import { expect, test } from "vitest";
import { batchMemoryWire, printBatchMemory } from "../batch/memory.ts";
import { memoryIds } from "../ids/id.ts";
import { ingestMemoryWire, printIngestMemory } from "../ingest/memory.ts";
import { memoryArbitrary } from "../testing/memory-arbitraries.ts";

test("for all memories, the ingest dialect's clients can read what it prints, including the score", () => {
  fc.assert(
    fc.property(memoryArbitrary, fc.option(fc.nat()), (memory, score) => {
      const printed = printIngestMemory(memory, score);
      expect(ingestMemoryWire.parse(JSON.parse(JSON.stringify(printed)))).toEqual(printed);
      expect(memoryIds.parse(printed.id)).toBe(memory.id);
      expect(printed).toMatchObject({ object: "memory", text: memory.text, score });
    }),
  );
});

test("for all memories, the batch dialect's clients can read what it prints", () => {
  fc.assert(
    fc.property(memoryArbitrary, (memory) => {
      const printed = printBatchMemory(memory);
      expect(batchMemoryWire.parse(JSON.parse(JSON.stringify(printed)))).toEqual(printed);
      expect(memoryIds.parse(printed.id)).toBe(memory.id);
    }),
  );
});

test("a memory that is printed outside a search has no score", () => {
  fc.assert(
    fc.property(memoryArbitrary, (memory) => {
      expect(printIngestMemory(memory).score).toBeNull();
    }),
  );
});
