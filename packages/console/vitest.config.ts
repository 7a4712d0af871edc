import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: ["@memlane/vitest-setup/leaked-handles", "@memlane/vitest-setup/seed"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
