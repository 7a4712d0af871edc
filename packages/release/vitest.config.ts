import { defineConfig } from "vitest/config";

// The hooks may take long: if npm has an empty cache, it first downloads the dependencies.
export default defineConfig({
  test: { setupFiles: ["@memlane/vitest-setup/leaked-handles"], testTimeout: 120_000, hookTimeout: 900_000 },
});
