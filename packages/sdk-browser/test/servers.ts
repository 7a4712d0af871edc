// What the pages of the tests talk to, started once for all of them.
import { startTestServer } from "@memlane/server/testing";
import type { TestProject } from "vitest/node";
import { startTransportServer } from "./transport-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The real server, which allows the origin of the tests and no other. */
    readonly server: { readonly url: string; readonly apiKey: string };
    /** Where core's transport contract is played. */
    readonly transportServer: string;
  }
}

/** Starts the servers, and returns what stops them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [server, transportServer] = await Promise.all([
    startTestServer({
      environment: {
        MEMLANE_CORS_ORIGINS: `http://localhost:${project.config.api.port}`,
        // So that a job can be seen waiting for another.
        MEMLANE_WORKER_CONCURRENCY: "1",
      },
    }),
    startTransportServer(),
  ]);
  project.provide("server", { url: server.url, apiKey: server.apiKey });
  project.provide("transportServer", transportServer.url);
  return async () => {
    await Promise.all([server.stop(), transportServer.close()]);
  };
}
