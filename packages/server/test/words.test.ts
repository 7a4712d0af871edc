// The SQL functions that find the words of a text for search. Every stored text and every query goes through them.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { openTestDatabase } from "./test-database.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** The least time of five runs, in milliseconds. */
async function leastTime(statement: string, parameters: readonly unknown[]): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const startedMs = performance.now();
    await database.query(statement, parameters);
    times.push(performance.now() - startedMs);
  }
  return Math.min(...times);
}

test("unusual words take little longer than others", async () => {
  const rows = (count: number) =>
    `from generate_series(1, ${count}) as n, lateral (select $1 || n as text) as one`;
  const text = ["Version v2.10.3 of AT&T's budget.xlsx, number "];
  const plainMs = (await leastTime(`select count(to_tsvector('english', text)) ${rows(4000)}`, text)) / 4000;
  const unusualMs = (await leastTime(`select count(memlane.words(text)) ${rows(200)}`, text)) / 200;
  expect(unusualMs / plainMs).toBeLessThan(50); // about 15; with a hash table for a million words it was 75 to 900
});

test.each(["\u0301\u0316\u0327", "\u05B0\u0591", "e\u0301\u0316"])(
  "combining marks are read in linear time",
  async (marks) => {
    const timeFor = (length: number) =>
      leastTime("select memlane.words($1)", [marks.repeat(length / marks.length)]);
    expect((await timeFor(48_000)) / (await timeFor(6000))).toBeLessThan(30); // 8 if it is linear, 64 if it is quadratic
  },
);

test("a text is normalised as Unicode says, unless a hundred characters follow each other without ASCII", async () => {
  const letter = fc.constantFrom(
    "a",
    " ",
    "e\u0301",
    "か\u3099",
    "ﬁ",
    "Å",
    "각",
    "и\u0306",
    "①",
    "\u0316\u0301",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(letter, { maxLength: 40 }), async (letters) => {
      const text = letters.join("");
      const [row] = await database.query<{ plain: string }>("select memlane.plain($1) as plain", [text]);
      expect(row!.plain).toBe(text.normalize("NFKC"));
    }),
    { numRuns: 200 },
  );
  const long = "漢字かな交じり文。".repeat(300);
  const [row] = await database.query<{ plain: string }>("select memlane.plain($1) as plain", [long]);
  expect(row!.plain).toBe(long.normalize("NFKC"));
});
