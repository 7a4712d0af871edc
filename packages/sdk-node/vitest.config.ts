import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    setupFiles: ["@memlane/vitest-setup/leaked-handles", "@memlane/vitest-setup/seed"],
    // Some tests start real processes, which takes long on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      // Unit tests do not affect each other, so the files of a worker share its modules.
      { extends: true, test: { name: "unit", include: ["src/**/*.test.ts"], isolate: false } },
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
