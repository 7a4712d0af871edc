// The global setup of vitest: one server for all test files, because its start costs seconds.
import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { startTestServer } from "@memlane/server/testing";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    readonly sharedServer: { readonly url: string; readonly apiKeys: Readonly<Record<string, string>> };
  }
}

/** Starts a server with an organisation for each test file. The returned function stops it. */
export async function setup(project: TestProject): Promise<() => Promise<unknown>> {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".test.ts"));
  const apiKeys = Object.fromEntries(
    files.map((file) => [basename(file, ".test.ts"), `mlk_${randomBytes(12).toString("hex")}`]),
  );
  const keys = Object.entries(apiKeys).map(([orgId, apiKey]) => `${orgId}:${apiKey}`);
  const server = await startTestServer({ environment: { MEMLANE_BOOTSTRAP_KEYS: keys.join(",") } });
  project.provide("sharedServer", { url: server.url, apiKeys });
  return () => server.stop();
}
