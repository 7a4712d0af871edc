// The pages in `decisions` have one form, and its README lists them all.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "./packages.ts";

const folder = join(repository, "decisions");
const pages = (await readdir(folder)).filter((file) => /^\d{4}-/.test(file)).toSorted();

/** The number, title, status and date of a page. */
async function readPage(file: string) {
  const text = await readFile(join(folder, file), "utf8");
  const head = /^# (\d+)\. (.+)\n\nStatus: (\w+), (\d{4}-\d\d-\d\d)\./.exec(text);
  if (head === null) throw new Error(`${file} must begin with "# NUMBER. TITLE" and "Status: STATUS, DATE."`);
  const [, number, title, status, date] = head;
  return { number: Number(number), title, status, date, text };
}

test.each(pages)("%s has its number and the four sections", async (file) => {
  const { number, text } = await readPage(file);
  expect(number).toBe(Number(file.slice(0, 4)));
  const sections = [...text.matchAll(/^## (.+)$/gm)].map(([, section]) => section);
  expect(sections).toEqual(["Context", "Decision", "Consequences", "Rejected alternatives"]);
});

test("the README lists every page with its title, status and date", async () => {
  const readme = await readFile(join(folder, "README.md"), "utf8");
  const rows = [...readme.matchAll(/^\| +(\d+) \| \[(.+)\]\((.+)\) +\| (\w+) +\| ([\d-]+) +\|$/gm)];
  const listed = rows.map(([, number, title, file, status, date]) => [number, title, file, status, date]);
  const expected = await Promise.all(
    pages.map(async (file) => {
      const { number, title, status, date } = await readPage(file);
      return [`${number}`, title, file, status, date];
    }),
  );
  expect(listed).toEqual(expected);
});
