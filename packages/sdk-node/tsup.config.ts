import { defineConfig } from "tsup";

const modules = [
  "src/index.ts",
  "src/fetch.ts",
  "src/ai.ts",
  "src/langgraph.ts",
  "src/mastra.ts",
  "src/openai-agents.ts",
];

export default defineConfig({
  entry: [...modules, "src/cli.ts"],
  format: ["esm"],
  dts: { entry: modules },
  sourcemap: true,
  clean: true,
  target: "es2023",
  treeshake: true,
  // Some runtimes and bundlers recognise a module of Node.js only by its prefix.
  removeNodeProtocol: false,
});
