import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What stands under a heading of a README of a package; empty where there is no such heading. */
export function readmeSection(name: string, heading: string, path = "README.md"): string {
  const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  const readme = readFileSync(join(folder, path), "utf8");
  const [, after = ""] = readme.split(`\n## ${heading}\n`);
  return after.split("\n## ")[0] ?? "";
}
