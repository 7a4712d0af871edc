import { setImmediate as nextIteration } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createBodyTurns } from "./body-turns.ts";

test("few bodies read in an iteration of the event loop, all read in the end, and organisations take turns", async () => {
  const waiting = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(waiting, fc.integer({ min: 1, max: 5 }), async (orgIds, perIteration) => {
      const turns = createBodyTurns(perIteration);
      const granted: string[] = [];
      for (const orgId of orgIds) {
        const turn = turns.take(orgId);
        if (turn === undefined) granted.push(orgId);
        else void turn.then(() => granted.push(orgId));
      }
      expect(granted).toEqual(orgIds.slice(0, perIteration));
      const left = orgIds.slice(perIteration);
      while (granted.length < orgIds.length) {
        const before = granted.length;
        await nextIteration();
        expect(granted.length - before).toBeGreaterThan(0);
        expect(granted.length - before).toBeLessThanOrEqual(perIteration);
      }
      expect(granted.toSorted()).toEqual(orgIds.toSorted());
      // The first turns of the waiting go to different organisations.
      const organisations = new Set(left).size;
      const first = granted.slice(perIteration, perIteration + organisations);
      expect(new Set(first).size).toBe(organisations);
    }),
  );
});

test("a single body never waits once the iteration is over", async () => {
  const turns = createBodyTurns(1);
  for (let piece = 0; piece < 10; piece += 1) {
    expect(turns.take("a")).toBeUndefined();
    await nextIteration();
    await nextIteration();
  }
});
