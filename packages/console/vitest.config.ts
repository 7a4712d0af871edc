import { defineConfig } from "vitest/config";

const setupFiles = ["@memlane/vitest-setup/leaked-handles", "@memlane/vitest-setup/seed"];

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["src/**/*.test.ts"], setupFiles } },
      {
        test: {
          name: "browser",
          include: ["test/**/*.test.ts"],
          setupFiles,
          globalSetup: "test/world.ts",
          // Loaded by Node.js, because the server does not find its own command if Vite loads it.
          server: { deps: { external: [/\/packages\/server\/dist\//] } },
          // Each file starts a browser, and all share one server.
          fileParallelism: false,
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
});
