import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    setupFiles: ["@memlane/vitest-setup/leaked-handles", "@memlane/vitest-setup/seed"],
    // Some tests start real processes, which takes long on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
