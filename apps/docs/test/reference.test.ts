import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "@memlane/core";
import * as browser from "@memlane/sdk-browser";
import * as node from "@memlane/sdk-node";
import { expect, test } from "vitest";
import { builtPages, distFolder } from "./built-pages.ts";

test.each([
  ["core", core],
  ["sdk-node", node],
  ["sdk-browser", browser],
])("the reference of %s names all that it exports", (folder, entry) => {
  const text = builtPages
    .filter((page) => page.startsWith(`/reference/typescript/${folder}/`))
    .map((page) => readFileSync(join(distFolder, page, "index.html"), "utf8"))
    .join("\n");
  const names = Object.keys(entry).filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
  expect(names).toEqual([]);
});
