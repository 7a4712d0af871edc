import { defineConfig } from "vitest/config";

export default defineConfig({
  // Some tests start real processes, and a busy machine is slow at that.
  test: { testTimeout: 60_000, hookTimeout: 60_000 },
});
