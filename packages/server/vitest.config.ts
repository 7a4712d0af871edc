import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    setupFiles: ["@memlane/vitest-setup/leaked-handles", "@memlane/vitest-setup/seed"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } }, // the default of one second is too short for a process on a busy machine
    // Test files do not affect each other, so the files of a worker share its modules. Loading them takes a second for each file.
    isolate: false,
    // Most tests start real processes and wait for them, so each core can take a file.
    maxWorkers: availableParallelism(),
    // V8 rarely aborts the process when a thread ends ("Check failed: jit_page.has_value()"). This flag is the known way around it.
    execArgv: ["--no-memory-protection-keys"],
    projects: [
      { extends: true, test: { name: "unit", include: ["{src,eval}/**/*.test.ts"] } },
      {
        extends: true,
        test: { name: "database", include: ["test/**/*.test.ts"], globalSetup: "test/global-setup.ts" },
      },
    ],
  },
});
