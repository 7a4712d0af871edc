import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseUuid } from "./uuid.ts";
import { createUuidV7, uuidV7TimeMs } from "./uuid-v7.ts";

const lastTimeMs = 2 ** 48 - 1;
const times = fc.integer({ min: 1, max: lastTimeMs - 10_000 });
/** A clock that stops, runs, jumps and is set back. */
const clocks = fc.array(
  fc.oneof(
    times,
    fc.constant("still" as const),
    fc.integer({ min: -5000, max: 5000 }).map((by) => ({ by })),
  ),
  { minLength: 1, maxLength: 200 },
);
const chances = fc.infiniteStream(fc.integer({ min: 0, max: 255 }));

function maker(nowMs: () => number, random: () => number) {
  return createUuidV7({ now: nowMs, randomBytes: (count) => Uint8Array.from({ length: count }, random) });
}

describe("for all clocks and random numbers", () => {
  test("each id is a UUID of version 7 and of the RFC's variant", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: false }), chances, (nowMs, random) => {
        fc.pre(!(nowMs > lastTimeMs));
        const uuid = maker(
          () => nowMs,
          () => random.next().value,
        )();
        expect(parseUuid(uuid)).toBe(uuid);
        expect(uuid).toMatch(/^.{14}7.{4}[89ab]/);
      }),
    );
  });

  test("ids sort strictly in the order of creation, even if the clock is set back", () => {
    fc.assert(
      fc.property(clocks, chances, (steps, random) => {
        let nowMs = 1_000_000;
        const make = maker(
          () => nowMs,
          () => random.next().value,
        );
        const made = steps.map((step) => {
          if (typeof step === "number") nowMs = step;
          else if (step !== "still") nowMs += step.by;
          return make();
        });
        expect(made).toEqual(made.toSorted());
        expect(new Set(made).size).toBe(made.length);
      }),
    );
  });

  test("an id contains the millisecond of a clock that never goes back", () => {
    fc.assert(
      fc.property(fc.uniqueArray(times, { minLength: 1 }), chances, (moments, random) => {
        let nowMs = 0;
        const make = maker(
          () => nowMs,
          () => random.next().value,
        );
        for (const moment of moments.toSorted((a, b) => a - b)) {
          nowMs = moment;
          expect(uuidV7TimeMs(make())).toBe(moment);
        }
      }),
    );
  });
});

test("a millisecond has thousands of ids; after that, ids use the next millisecond", () => {
  const make = maker(
    () => 1000,
    () => 255,
  );
  const made = Array.from({ length: 20_000 }, make);
  expect(made).toEqual(made.toSorted());
  expect(new Set(made).size).toBe(made.length);
  const madeAtMs = made.map(uuidV7TimeMs);
  expect([madeAtMs[3000], madeAtMs.at(-1)]).toEqual([1000, 1004]);
});

test("a clock before 1970 creates ids of 1970", () => {
  expect(
    uuidV7TimeMs(
      maker(
        () => -5,
        () => 0,
      )(),
    ),
  ).toBe(0);
});

test("two makers at the same moment differ by their random bits", () => {
  const made = [1, 2].map((random) =>
    maker(
      () => 1000,
      () => random,
    )(),
  );
  expect(made[0]).not.toBe(made[1]);
});

test("only version 7 contains a time", () => {
  expect(uuidV7TimeMs(parseUuid("8f2c1aab-4d7e-4f0c-9a1b-2c3d4e5f6a7b")!)).toBeUndefined();
});
