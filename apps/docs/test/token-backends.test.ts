// Runs the small backends of the guide for browsers. `packages/release/test/next.test.ts` runs the one of Next.js.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { freePort } from "@memlane/vitest-setup/free-port";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
}, 120_000);
afterAll(async () => void (await server.stop()));

test.each(["hono", "express"])("%s: a page reads its job with the token of the backend", async (name) => {
  const port = await freePort("localhost");
  const { url, apiKey, orgId } = server;
  const backend = spawn(
    process.execPath,
    [fileURLToPath(new URL(`../snippets/browser/${name}.ts`, import.meta.url))],
    {
      env: {
        ...process.env,
        PORT: String(port),
        MEMLANE_BASE_URL: url,
        MEMLANE_API_KEY: apiKey,
        MEMLANE_ORG_ID: orgId,
      },
      stdio: "inherit",
    },
  );
  onTestFinished(async () => {
    backend.kill();
    if (backend.exitCode === null && backend.signalCode === null) await once(backend, "exit");
  });
  const importNote = () =>
    fetch(`http://localhost:${port}/import`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ note: "I live in Paris." }),
    });
  const answer = await vi.waitFor(importNote, { timeout: 20_000 });
  const { id, token, baseUrl } = (await answer.json()) as Record<"id" | "token" | "baseUrl", string>;
  expect(token).not.toContain(apiKey);
  const seen = await fetch(`${baseUrl}/v1/jobs/${id}?wait=20`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await seen.json()).toMatchObject({ id, status: "succeeded" });
});
