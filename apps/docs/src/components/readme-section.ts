import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "./package-folder.ts";

/** The text under a heading in a package's README; empty if there is no such heading. */
export function readmeSection(name: string, heading: string, path = "README.md"): string {
  const readme = readFileSync(join(packageFolder(name), path), "utf8");
  const [, after = ""] = readme.split(`\n## ${heading}\n`);
  return after.split("\n## ")[0] ?? "";
}
