import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    setupFiles: ["@memlane/vitest-setup/leaked-handles", "@memlane/vitest-setup/seed"],
    // Some tests start real processes, which takes long on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "unit", include: ["src/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "server",
          include: ["test/**/*.test.ts"],
          globalSetup: "test/start-shared-server.ts",
          // Loaded by Node.js, because the server does not find its own command if Vite loads it.
          server: { deps: { external: [/\/packages\/server\/dist\//] } },
        },
      },
    ],
  },
});
