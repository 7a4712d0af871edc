// Runs the receiver of the guide on webhooks against a real server.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { MemoryClient } from "@memlane/sdk-node";
import { startTestServer } from "@memlane/server/testing";
import { freePort } from "@memlane/vitest-setup/free-port";
import { expect, onTestFinished, test } from "vitest";

const snippet = fileURLToPath(new URL("../snippets/receive-webhook.ts", import.meta.url));

test("the receiver believes the server's delivery, and turns away what is not signed", async () => {
  const server = await startTestServer({ environment: { MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true" } });
  onTestFinished(async () => void (await server.stop()));
  const port = await freePort("127.0.0.1");
  const url = `http://127.0.0.1:${port}`;
  const webhook = await fetch(`${server.url}/v1/webhooks`, {
    method: "PUT",
    headers: { "x-api-key": server.apiKey, "x-org-id": server.orgId, "content-type": "application/json" },
    body: JSON.stringify({ url }),
  });
  const { secret } = (await webhook.json()) as { readonly secret: string };

  const receiver = spawn(process.execPath, [snippet], {
    env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(async () => {
    receiver.kill();
    if (receiver.exitCode === null && receiver.signalCode === null) await once(receiver, "exit");
  });
  const said = once(createInterface(receiver.stdout), "line");
  const forge = () => fetch(url, { method: "POST", body: "{}" }).then(({ status }) => status);
  await expect.poll(() => forge().catch(() => "not yet")).toBe(400);

  const client = new MemoryClient({ apiKey: server.apiKey, orgId: server.orgId, baseUrl: server.url });
  const job = await client.memories.ingest({
    messages: [{ role: "user", content: "I live in Paris." }],
    user_id: "ann",
    conv_id: "c1",
  });
  expect(await said).toEqual([`memory.learning.completed ${job.id} 1`]);
}, 60_000);
