import { defineConfig } from "vitest/config";

// No test changes anything that another could see, so they share their workers and import fast-check once.
export default defineConfig({
  test: {
    setupFiles: ["@memlane/vitest-setup/leaked-handles", "@memlane/vitest-setup/seed"],
    isolate: false,
    testTimeout: 60_000,
  },
});
