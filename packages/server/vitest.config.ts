import { defineConfig } from "vitest/config";

// Most of these tests start real processes with a database each.
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 30_000 } });
