import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

// Most of these tests start real processes and wait for them: every core can take a file.
export default defineConfig({
  test: {
    globalSetup: "test/global-setup.ts",
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: availableParallelism(),
  },
});
