import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, it } from "vitest";

/** The bytes that a page loads for an entry, minified and gzipped, without React itself. */
async function sizeOf(entry: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../src/${entry}.ts`, import.meta.url))],
    bundle: true,
    minify: true,
    format: "esm",
    jsx: "automatic",
    platform: "browser",
    target: "es2022",
    external: ["react", "react/jsx-runtime"],
    write: false,
  });
  const bundle = Buffer.concat(outputFiles.map(({ contents }) => contents));
  return gzipSync(bundle, { level: 9 }).byteLength;
}

it("adds at most 6.2 kB to a page, and at most 7.2 kB with the React entry", async () => {
  expect(await sizeOf("index")).toBeLessThanOrEqual(6200);
  expect(await sizeOf("react")).toBeLessThanOrEqual(7200);
});

it("marks the React entry as client code, for server components", async () => {
  const built = await readFile(new URL("../dist/react.js", import.meta.url), "utf8");
  expect(built.startsWith('"use client";')).toBe(true);
});
