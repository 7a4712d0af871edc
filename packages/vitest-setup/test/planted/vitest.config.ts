import { defineConfig } from "vitest/config";

// The planted files fail on purpose: only setup.test.ts runs them.
export default defineConfig({
  test: {
    include: ["*.planted.ts"],
    setupFiles: ["@memlane/vitest-setup/leaked-handles", "@memlane/vitest-setup/seed"],
  },
});
