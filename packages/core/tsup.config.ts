import { defineConfig } from "tsup";

// One file for each module: a bundler can then leave out what a page does not use, above all the wire schemas.
export default defineConfig({
  entry: ["src/**/*.ts", "!src/**/*.test.ts"],
  bundle: false,
  format: ["esm"],
  dts: {
    entry: ["src/index.ts", "src/conformance.ts", "src/effect.ts", "src/internal.ts", "src/testing.ts"],
  },
  sourcemap: true,
  clean: true,
  target: "es2023",
  plugins: [
    {
      name: "import-built-files",
      // The new text has the same length, so the source maps stay correct.
      renderChunk: (code) => ({ code: code.replace(/(?<= from "\.[^"]*)\.ts(?=";)/g, ".js") }),
    },
  ],
});
