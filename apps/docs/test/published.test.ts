// No command that a reader sees may need a package that is not on npm.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isPublished } from "../src/published.ts";
import { distFolder } from "./built-pages.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const needsNpm = /\b(?:npm (?:install|i)|npx|bunx|(?:pnpm|yarn|bun|deno) add)\b[^\n`|]* (?:npm:)?@memlane\//;

test("before the packages are on npm, no page installs them from there", () => {
  const pages = globSync("**/*.md", { cwd: distFolder });
  expect(pages.length).toBeGreaterThan(40);
  const failing = pages.filter((page) => needsNpm.test(readFileSync(join(distFolder, page), "utf8")));
  expect(isPublished ? [] : failing).toEqual([]);
});

test("what a package ships says how to install from a clone, exactly until the packages are on npm", () => {
  const files = globSync("packages/*/{README.md,llms.txt,skills/*/SKILL.md}", { cwd: repository });
  const texts = files.toSorted().map((file) => ({
    file,
    text: readFileSync(join(repository, file), "utf8"),
  }));
  const installing = texts.filter(({ text }) => needsNpm.test(text)).map(({ file }) => file);
  const fromClone = texts.filter(({ text }) => text.includes("npm run pack")).map(({ file }) => file);
  expect(installing).not.toEqual([]);
  expect(fromClone).toEqual(isPublished ? [] : installing);
});
