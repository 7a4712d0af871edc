import { defineConfig } from "vitest/config";

// No test changes anything that another could see, so they share their workers and import fast-check once.
export default defineConfig({ test: { isolate: false, testTimeout: 60_000 } });
