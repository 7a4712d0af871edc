import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "test/world.ts",
    // Loaded by Node.js, because the server does not find its own command if Vite loads it.
    server: { deps: { external: [/\/packages\/server\/dist\//] } },
    // Each file starts a browser, and all share one server.
    fileParallelism: false,
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: ["@memlane/vitest-setup/leaked-handles", "@memlane/vitest-setup/seed"],
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
  },
});
