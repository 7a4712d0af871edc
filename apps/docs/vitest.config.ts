import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/site-server.ts",
    setupFiles: ["@memlane/vitest-setup/leaked-handles"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
