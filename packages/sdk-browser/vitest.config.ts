import { launchOptions } from "@memlane/chromium";
import { freePort } from "@memlane/vitest-setup/free-port";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

/** Tests that use real processes and tabs take long on a busy machine. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } };

export default defineConfig(async () => ({
  test: {
    projects: [
      {
        test: {
          ...patience,
          name: "node",
          include: ["src/**/*.test.ts", "test/*.node.test.ts"],
          setupFiles: ["@memlane/vitest-setup/leaked-handles", "@memlane/vitest-setup/seed"],
        },
      },
      {
        // Listed here, because otherwise Vite reloads the page during a test when it first finds one of them.
        optimizeDeps: { include: ["react", "react-dom/client", "react/jsx-dev-runtime"] },
        test: {
          ...patience,
          name: "page",
          include: ["test/*.page.test.{ts,tsx}"],
          globalSetup: "test/servers.ts",
          // Loaded by Node.js, because the server does not find its own command if Vite loads it.
          server: { deps: { external: [/\/packages\/server\/dist\//] } },
          // Chosen here, because the server needs the origin that it must allow.
          api: { host: "localhost", port: await freePort("localhost"), strictPort: true },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [{ browser: "chromium" as const }],
          },
        },
      },
    ],
  },
}));
