// Starts the server of the page tests, once for all of them.
import { startTestServer } from "@memlane/server/testing";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The real server, which allows only the origin of the tests. */
    readonly server: { readonly url: string; readonly apiKey: string };
  }
}

/** Starts the server. The returned function stops it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer({
    environment: {
      MEMLANE_CORS_ORIGINS: `http://localhost:${project.config.api.port}`,
      // With one worker slot, a test can watch a job that waits for another.
      MEMLANE_WORKER_CONCURRENCY: "1",
    },
  });
  project.provide("server", { url: server.url, apiKey: server.apiKey });
  return async () => void (await server.stop());
}
