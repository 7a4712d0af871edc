import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

// Most of these tests start real processes and wait for them: every core can take a file.
export default defineConfig({
  test: {
    globalSetup: "test/global-setup.ts",
    setupFiles: ["@memlane/vitest-setup/leaked-handles", "@memlane/vitest-setup/seed"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: availableParallelism(),
    // V8 rarely aborts the process when a thread ends ("Check failed: jit_page.has_value()"). This flag is the known way around it.
    execArgv: ["--no-memory-protection-keys"],
  },
});
