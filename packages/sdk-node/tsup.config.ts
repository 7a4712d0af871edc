import { defineConfig } from "tsup";

// The same modules are listed twice, because knip reads only literal lists.
export default defineConfig({
  entry: [
    "src/index.ts",
    "src/fetch.ts",
    "src/ai.ts",
    "src/langgraph.ts",
    "src/mastra.ts",
    "src/openai-agents.ts",
    "src/cli.ts",
  ],
  format: ["esm"],
  dts: {
    entry: [
      "src/index.ts",
      "src/fetch.ts",
      "src/ai.ts",
      "src/langgraph.ts",
      "src/mastra.ts",
      "src/openai-agents.ts",
    ],
  },
  sourcemap: true,
  clean: true,
  target: "es2023",
  treeshake: true,
  // Some runtimes and bundlers recognise a module of Node.js only by its prefix.
  removeNodeProtocol: false,
});
