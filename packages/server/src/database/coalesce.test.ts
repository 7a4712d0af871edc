import { MemlaneError } from "@memlane/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { coalesce, later } from "./coalesce.ts";

interface Input {
  readonly line: string;
  readonly number: number;
}

/** A coalesced doubling: numbers are their own weights, and the test ends each run. */
function doubling({ maximumWeight = 100, heavyWeight = 50, mostLines = 3 } = {}) {
  interface Run {
    readonly numbers: readonly number[];
    readonly isOfOneLine: boolean;
    readonly end: (late?: readonly number[]) => void;
    readonly fail: (error: Error) => void;
  }
  const runs: Run[] = [];
  const coalesced = coalesce<Input, number>(
    (inputs, isOfOneLine) =>
      new Promise((resolve, reject) => {
        const numbers = inputs.map(({ number }) => number);
        const end = (late: readonly number[] = []) =>
          resolve(numbers.map((number) => (late.includes(number) ? later : number * 2)));
        runs.push({ numbers, isOfOneLine, end, fail: reject });
      }),
    { lineOf: ({ line }) => line, weightOf: ({ number }) => number, maximumWeight, heavyWeight, mostLines },
  );
  const double = (number: number, line = "a") => coalesced({ line, number });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { runs, double, turn, shares: () => runs.map(({ numbers }) => numbers) };
}

test("the first call runs at once; calls that arrive meanwhile share the next run", async () => {
  const { runs, double, turn, shares } = doubling();
  const answers = [double(1)];
  expect(shares()).toEqual([[1]]);
  answers.push(double(2), double(3), double(2));
  runs[0]!.end();
  await turn();
  expect(shares()).toEqual([[1], [2, 3, 2]]);
  runs[1]!.end();
  expect(await Promise.all(answers)).toEqual([2, 4, 6, 4]);
  void double(4);
  expect(runs.at(-1)!.numbers).toEqual([4]); // idle again: at once
});

test("a run stays within its maximum weight, and takes one call of each line in turn", async () => {
  const { runs, double, turn, shares } = doubling({ maximumWeight: 10 });
  for (const number of [1, 4, 6, 1]) void double(number);
  void double(3, "b");
  for (let index = 0; index < 3; index += 1) {
    runs.at(-1)!.end();
    await turn();
  }
  expect(shares()).toEqual([[1], [4, 3], [6, 1]]);
});

test("heavy calls run one at a time per line, and delay no other call", async () => {
  const { runs, double, turn, shares } = doubling();
  const heavy = [double(80, "evil"), double(70, "evil")];
  const light = double(1, "acme");
  const otherHeavy = double(60, "other");
  expect(shares()).toEqual([[80], [1], [60]]);
  expect(runs.map(({ isOfOneLine }) => isOfOneLine)).toEqual([true, false, true]);
  runs[1]!.end();
  runs[2]!.end();
  expect(await Promise.all([light, otherHeavy])).toEqual([2, 120]);
  expect(shares()).toEqual([[80], [1], [60]]);
  runs[0]!.end();
  await turn();
  runs[3]!.end();
  expect(await Promise.all(heavy)).toEqual([160, 140]);
});

test("the number of separate runs is limited: the next line waits for the first run that ends", async () => {
  const { runs, double, turn, shares } = doubling({ mostLines: 2 });
  for (const line of ["a", "b", "c"]) void double(60, line);
  void double(70, "a");
  expect(shares()).toEqual([[60], [60]]);
  runs[0]!.end();
  await turn();
  expect(runs).toHaveLength(3);
  runs[2]!.end(); // the run of c
  await turn();
  expect(shares()).toEqual([[60], [60], [60], [70]]);
});

test("a call answered with `later` runs with its own line, while the next shared run continues", async () => {
  const { runs, double, turn, shares } = doubling();
  const first = double(9, "evil");
  const answers = [double(1, "evil"), double(2, "acme")];
  runs[0]!.end();
  await turn();
  runs[1]!.end([1]);
  expect(await answers[1]).toBe(4);
  await turn();
  const next = double(5, "acme");
  expect(shares()).toEqual([[9], [1, 2], [1], [5]]);
  runs[3]!.end();
  runs[2]!.end();
  expect(await Promise.all([first, answers[0], next])).toEqual([18, 2, 10]);
});

test("for all mixes of calls, each call gets its own answer, and only impossible calls fail", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ line: fc.constantFrom("a", "b", "c", "d"), number: fc.integer({ min: 1, max: 20 }) }),
        {
          maxLength: 60,
        },
      ),
      async (inputs) => {
        const active = { shared: 0, lines: new Map<string, number>() };
        const double = coalesce<Input, number>(
          async (some, isOfOneLine) => {
            const lines = new Set(some.map(({ line }) => line));
            const weight = some.reduce((sum, { number }) => sum + number, 0);
            expect(some.length === 1 || weight <= 20).toBe(true);
            if (isOfOneLine) {
              expect(lines.size).toBe(1);
              expect(active.lines.has(some[0]!.line)).toBe(false);
              active.lines.set(some[0]!.line, 1);
              expect(active.lines.size).toBeLessThanOrEqual(3);
            } else {
              active.shared += 1;
              expect(active.shared).toBe(1);
            }
            await new Promise((resolve) => setImmediate(resolve));
            if (isOfOneLine) active.lines.delete(some[0]!.line);
            else active.shared -= 1;
            if (some.some(({ number }) => number === 13)) throw new Error("unlucky");
            return some.map(({ number }) => (number % 5 === 0 && !isOfOneLine ? later : number * 2));
          },
          {
            lineOf: ({ line }) => line,
            weightOf: ({ number }) => number,
            maximumWeight: 20,
            heavyWeight: 15,
          },
        );
        const settled = await Promise.allSettled(inputs.map((input) => double(input)));
        expect(settled.map((each) => (each.status === "fulfilled" ? each.value : "failed"))).toEqual(
          inputs.map(({ number }) => (number === 13 ? "failed" : number * 2)),
        );
      },
    ),
  ));

test.each([
  ["a database that is gone", Object.assign(new Error("gone"), { code: "ECONNREFUSED" })],
  ["an error with a code of ours", new MemlaneError({ code: "unavailable", message: "busy" })],
])("%s fails all calls at once, and the next call tries again", async (_, error) => {
  const { runs, double, turn } = doubling();
  const calls = Promise.allSettled([double(1), double(2), double(3)]);
  runs[0]!.fail(error);
  await turn();
  runs[1]!.fail(error);
  expect((await calls).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(runs).toHaveLength(2);
  const next = double(4);
  runs[2]!.end();
  expect(await next).toBe(8);
});
