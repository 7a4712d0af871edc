import { learnedOf } from "@memlane/core/internal";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MemoryClient, verifyWebhook } from "../src/index.ts";
import { startHttpServer } from "./http-server.ts";
import { runCli } from "./run-cli.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ environment: { MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true" } });
}, 60_000);
afterAll(() => server?.stop());

it("verifies a real server's delivery by each of its two signatures", async () => {
  const receiver = await startHttpServer((response) => response.writeHead(204).end());
  const { secret } = await putWebhook(receiver.baseUrl);

  const client = new MemoryClient({ apiKey: server.apiKey, orgId: server.orgId, baseUrl: server.url });
  const messages = [{ role: "user", content: "I live in Oslo." }];
  const job = await client.memories.ingestAndWait({ messages, user_id: "ann", conv_id: "c1" });
  await expect.poll(() => receiver.seen.length, { timeout: 20_000 }).toBe(1);

  const { body, headers } = receiver.seen[0]!;
  const verified = verifyWebhook(body, headers, secret, { requireTimestamp: true });
  expect(verified).toMatchObject({
    event: "memory.learning.completed",
    job_id: job.id,
    conv_id: "c1",
    user_id: "ann",
    memories: learnedOf(job.result!.memories_created).map(({ id, type }) => ({ id, type })),
    delivery_id: expect.stringMatching(/^whd_/),
  });
  const { delivery_id: _, ...event } = verified;
  const signature = headers["x-webhook-signature"];
  expect(verifyWebhook(body, { "x-webhook-signature": signature }, secret)).toEqual({
    ...event,
    delivery_id: null,
  });
});

it("manages webhooks with the client and the command line, and verifies batch and test events", async () => {
  const receiver = await startHttpServer((response) => response.writeHead(204).end());
  const { apiKey, orgId, url: baseUrl } = server;
  const client = new MemoryClient({ apiKey, orgId, baseUrl });
  const environment = { MEMLANE_BASE_URL: baseUrl, MEMLANE_API_KEY: apiKey, MEMLANE_ORG_ID: orgId };
  const run = (...args: string[]) => runCli(["webhooks", ...args], { environment });

  const created = await run("create", receiver.baseUrl, "--events", "memory.batch.completed", "--json");
  const { id, secret } = JSON.parse(created.stdout);
  expect((await run()).stdout).toContain(`${id}  enabled   ${receiver.baseUrl}: memory.batch.completed\n`);
  const batch = await client.batch.createAndWait([{ content: "A note." }, { content: "" }]);
  await expect.poll(() => receiver.seen.length, { timeout: 20_000 }).toBe(1);
  const { body, headers } = receiver.seen[0]!;
  expect(verifyWebhook(body, headers, secret)).toMatchObject({
    event: "memory.batch.completed",
    job_id: batch.id,
    imported: 1,
    failed: 1,
  });

  const tested = await client.webhooks.test(id);
  await expect.poll(() => receiver.seen.length, { timeout: 20_000 }).toBe(2);
  const test = receiver.seen[1]!;
  const testEvent = { event: "webhook.test", webhook_id: id, delivery_id: tested.id };
  expect(verifyWebhook(test.body, test.headers, secret)).toMatchObject(testEvent);
  const query = { webhook_id: id, status: "succeeded" } as const;
  const delivered = async () => {
    const ids: string[] = [];
    for await (const delivery of client.webhooks.deliveries(query)) ids.push(delivery.id);
    return ids;
  };
  await expect.poll(delivered, { timeout: 20_000 }).toContain(tested.id);
  const listed = await run("deliveries", "--status", "succeeded", "--webhook", id);
  expect(listed.stdout).toContain(`${tested.id}  succeeded  webhook.test: 1 attempts\n`);
  expect((await client.webhooks.update(id, { enabled: false }, { rotateSecret: true })).secret).not.toBe(
    secret,
  );
  expect((await run("delete", id)).stdout).toBe(`${id}  deleted\n`);
  await expect(client.webhooks.get(id)).rejects.toMatchObject({ code: "webhook_not_found" });
}, 60_000);

/** Sets the URL of the main webhook. */
async function putWebhook(url: string): Promise<{ readonly secret: string }> {
  const answer = await fetch(`${server.url}/v1/webhooks`, {
    method: "PUT",
    headers: { "x-api-key": server.apiKey, "x-org-id": server.orgId, "content-type": "application/json" },
    body: JSON.stringify({ url }),
  });
  return (await answer.json()) as { readonly secret: string };
}
