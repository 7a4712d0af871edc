// Every published package has a page for coding agents.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { entriesOf, published, readManifest, repository } from "./packages.ts";

test.each(published)("%s ships an llms.txt that names each of its entries", async (name) => {
  const folder = join(repository, "packages", name);
  const manifest = await readManifest(folder);
  expect(manifest.files).toContain("llms.txt");
  const text = await readFile(join(folder, "llms.txt"), "utf8");
  expect(text.startsWith(`# ${manifest.name}\n\n> `)).toBe(true);
  for (const entry of entriesOf(manifest)) expect(text).toContain(`\`${entry}\``);
});
