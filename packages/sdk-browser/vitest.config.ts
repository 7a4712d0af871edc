import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { launchOptions } from "@memlane/chromium";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

export default defineConfig(async () => ({
  test: {
    projects: [
      {
        test: {
          name: "node",
          include: ["src/**/*.test.ts", "test/*.node.test.ts"],
          setupFiles: ["@memlane/vitest-setup/leaked-handles", "@memlane/vitest-setup/seed"],
        },
      },
      {
        // Known beforehand, or Vite reloads the page under a running test when it meets one.
        optimizeDeps: { include: ["react", "react-dom/client", "react/jsx-dev-runtime"] },
        test: {
          name: "page",
          include: ["test/*.page.test.{ts,tsx}"],
          globalSetup: "test/servers.ts",
          // Node itself is to load the server: under Vite it cannot find its own command.
          server: { deps: { external: [/\/packages\/server\/dist\//] } },
          // Known beforehand, since the server is told which origin to allow.
          api: { host: "localhost", port: await freePort(), strictPort: true },
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "localhost");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
