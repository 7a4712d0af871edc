import { expect, test } from "vitest";
import { coalesce } from "./coalesce.ts";

/** A coalesced doubling whose runs end when the test says so. */
function doubling(maximumWeight = 100) {
  const runs: { inputs: readonly number[]; end: () => void; fail: (error: Error) => void }[] = [];
  const double = coalesce<number, number>(
    (inputs) =>
      new Promise((resolve, reject) => {
        runs.push({ inputs, end: () => resolve(inputs.map((input) => input * 2)), fail: reject });
      }),
    { maximumWeight, weightOf: (input) => input },
  );
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { runs, double, turn };
}

test("the first call runs at once, those that arrive meanwhile share the next run, each with its own answer", async () => {
  const { runs, double, turn } = doubling();
  const answers = [double(1)];
  expect(runs.map(({ inputs }) => inputs)).toEqual([[1]]);
  answers.push(double(2), double(3), double(2));
  runs[0]!.end();
  await turn();
  expect(runs.map(({ inputs }) => inputs)).toEqual([[1], [2, 3, 2]]);
  runs[1]!.end();
  expect(await Promise.all(answers)).toEqual([2, 4, 6, 4]);
  void double(4);
  expect(runs.at(-1)!.inputs).toEqual([4]); // idle again: at once
});

test("a run weighs no more than it may, except one call that does so alone", async () => {
  const { runs, double, turn } = doubling(10);
  for (const input of [1, 4, 6, 1, 50, 2]) void double(input);
  for (let index = 0; index < 5; index += 1) {
    runs.at(-1)!.end();
    await turn();
  }
  expect(runs.map(({ inputs }) => inputs)).toEqual([[1], [4, 6], [1], [50], [2]]);
});

test("one call that cannot be done fails nobody else", async () => {
  const double = coalesce<number, number>(
    async (inputs) => {
      if (inputs.includes(13)) throw new Error("unlucky");
      return inputs.map((input) => input * 2);
    },
    { maximumWeight: 10 },
  );
  const settled = await Promise.allSettled([1, 2, 13, 3].map(double));
  expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
});

test("a database that is gone fails everybody at once, and the next call tries again", async () => {
  const { runs, double, turn } = doubling();
  const calls = Promise.allSettled([double(1), double(2), double(3)]);
  const gone = Object.assign(new Error("gone"), { code: "ECONNREFUSED" });
  runs[0]!.fail(gone);
  await turn();
  runs[1]!.fail(gone);
  expect((await calls).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(runs.length).toBe(2);
  const next = double(4);
  runs[2]!.end();
  expect(await next).toBe(8);
});
