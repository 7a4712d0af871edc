import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, it } from "vitest";

/** The bytes that a page loads, minified and gzipped. */
async function sizeOf(external: readonly string[]): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../src/index.ts", import.meta.url))],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: [...external],
    write: false,
  });
  const bundle = Buffer.concat(outputFiles.map(({ contents }) => contents));
  return gzipSync(bundle, { level: 9 }).byteLength;
}

it("costs a page at most 15 kB, and 6 kB beside ky", async () => {
  expect(await sizeOf([])).toBeLessThanOrEqual(15_000);
  expect(await sizeOf(["ky"])).toBeLessThanOrEqual(6000);
});
