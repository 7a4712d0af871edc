import { learnedOf } from "@memlane/core/internal";
import { startTestServer } from "@memlane/server/testing";
import { expect, it, onTestFinished } from "vitest";
import { MemoryClient, verifyWebhook } from "../src/index.ts";
import { startHttpServer } from "./http-server.ts";

it("verifies a real server's delivery by each of its two signatures", async () => {
  const server = await startTestServer({ environment: { MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true" } });
  onTestFinished(async () => void (await server.stop()));
  const receiver = await startHttpServer((response) => response.writeHead(204).end());
  const { secret } = await putWebhook(server, receiver.baseUrl);

  const client = new MemoryClient({ apiKey: server.apiKey, orgId: server.orgId, baseUrl: server.url });
  const messages = [{ role: "user", content: "I live in Oslo." }];
  const job = await client.memories.ingestAndWait({ messages, user_id: "ann", conv_id: "c1" });
  await expect.poll(() => receiver.seen.length, { timeout: 20_000 }).toBe(1);

  const { body, headers } = receiver.seen[0]!;
  const told = verifyWebhook(body, headers, secret, { requireTimestamp: true });
  expect(told).toMatchObject({
    event: "memory.learning.completed",
    job_id: job.id,
    conv_id: "c1",
    user_id: "ann",
    memories: learnedOf(job.result!.memories_created).map(({ id, type }) => ({ id, type })),
    delivery_id: expect.stringMatching(/^whd_/),
  });
  const { delivery_id: _, ...event } = told;
  const signature = headers["x-webhook-signature"];
  expect(verifyWebhook(body, { "x-webhook-signature": signature }, secret)).toEqual({
    ...event,
    delivery_id: null,
  });
});

/** Sets the URL of the organisation's webhook. */
async function putWebhook(
  server: { readonly url: string; readonly apiKey: string; readonly orgId: string },
  url: string,
): Promise<{ readonly secret: string }> {
  const answer = await fetch(`${server.url}/v1/webhooks`, {
    method: "PUT",
    headers: { "x-api-key": server.apiKey, "x-org-id": server.orgId, "content-type": "application/json" },
    body: JSON.stringify({ url }),
  });
  return (await answer.json()) as { readonly secret: string };
}
