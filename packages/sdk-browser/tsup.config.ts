import { readFile, writeFile } from "node:fs/promises";
import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/react.ts"],
  format: ["esm"],
  dts: true,
  sourcemap: true,
  clean: true,
  target: "es2022",
  treeshake: true,
  // Marks the hooks as client code for React's server components. Rollup would remove a directive in the source. It is put before the
  // first line, so the source map stays correct.
  onSuccess: async () => {
    await writeFile("dist/react.js", `"use client";${await readFile("dist/react.js", "utf8")}`);
  },
});
