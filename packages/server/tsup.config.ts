import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    app: "src/app.ts",
    testing: "src/testing.ts",
    cli: "src/cli.ts",
    "pipeline-thread": "src/pipeline-threads/thread.ts",
  },
  format: ["esm"],
  dts: { entry: ["src/index.ts", "src/app.ts", "src/testing.ts"] },
  sourcemap: true,
  clean: true,
  target: "node22",
  // Some runtimes and bundlers recognise a module of Node.js only by its prefix.
  removeNodeProtocol: false,
});
