import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/stdio.ts"],
  format: ["esm"],
  dts: true,
  sourcemap: true,
  clean: true,
  target: "es2023",
  treeshake: true,
  // Some runtimes and bundlers recognise a module of Node.js only by its prefix.
  removeNodeProtocol: false,
});
