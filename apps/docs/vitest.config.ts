import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/site-server.ts",
    setupFiles: ["@memlane/vitest-setup/leaked-handles"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } }, // the default of one second is too short for a browser on a busy machine
  },
});
