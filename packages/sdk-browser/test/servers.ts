// What the pages of the tests talk to, started once for all of them.
import { startTestServer } from "@memlane/server/testing";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The real server, which allows the origin of the tests and no other. */
    readonly server: { readonly url: string; readonly apiKey: string };
  }
}

/** Starts the server, and returns what stops it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer({
    environment: {
      MEMLANE_CORS_ORIGINS: `http://localhost:${project.config.api.port}`,
      // So that a job can be seen waiting for another.
      MEMLANE_WORKER_CONCURRENCY: "1",
    },
  });
  project.provide("server", { url: server.url, apiKey: server.apiKey });
  return async () => void (await server.stop());
}
