import { defineConfig } from "vitest/config";

// With an empty cache of npm, what the packages depend on is fetched first.
export default defineConfig({
  test: { setupFiles: ["@memlane/vitest-setup/leaked-handles"], testTimeout: 120_000, hookTimeout: 900_000 },
});
