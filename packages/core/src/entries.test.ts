import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

/** The packages that an entry loads, directly or through the files that it imports. */
async function packagesOf(entry: URL, seen = new Set<string>()): Promise<ReadonlySet<string>> {
  const packages = new Set<string>();
  if (seen.has(entry.href)) return packages;
  seen.add(entry.href);
  const code = await readFile(entry, "utf8");
  for (const [, specifier = ""] of code.matchAll(/^(?:import|export|\}) (?!type ).*?"([^"]+)";$/gm)) {
    if (!specifier.startsWith(".")) packages.add(specifier);
    else for (const name of await packagesOf(new URL(specifier, entry), seen)) packages.add(name);
  }
  return packages;
}

test.each([
  ["index.ts", /^zod\/mini$/],
  ["internal.ts", /^zod\/mini$/],
  ["testing.ts", /^(zod\/mini|fast-check)$/],
  ["effect.ts", /^(zod\/mini|@effect\/schema\/\w+|effect\/\w+)$/],
])("%s loads no other package than it declares", async (entry, allowed) => {
  const packages = await packagesOf(new URL(entry, import.meta.url));
  expect(packages.size).toBeGreaterThan(0);
  for (const name of packages) expect(name).toMatch(allowed);
});
