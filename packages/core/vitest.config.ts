import { defineConfig } from "vitest/config";

// The tests do not affect each other, so they share workers and import fast-check once.
export default defineConfig({
  test: {
    setupFiles: ["@memlane/vitest-setup/leaked-handles", "@memlane/vitest-setup/seed"],
    isolate: false,
    testTimeout: 60_000,
  },
});
