// Names of webhook receivers, with DNS servers that answer, do not know the name, or do not answer.
import { lookup } from "node:dns/promises";
import { afterEach, expect, onTestFinished, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { createLogger } from "../src/logging/logger.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { listDeliveries } from "../src/store/webhook-deliveries.ts";
import type { WebhookId } from "@memlane/core";
import { newId } from "../src/base/new-id.ts";
import { saveMainWebhook } from "../src/store/webhooks.ts";
import { createResolveHost } from "../src/webhooks/resolve-host.ts";
import { startWebhookSender } from "../src/webhooks/webhook-sender.ts";
import { startDnsServer, type DnsServer } from "./dns-server.ts";
import { startReceiver } from "./receiver.ts";
import { openTestDatabase } from "./test-database.ts";
import { webhookDefaults } from "./default-options.ts";

const dnsServers: DnsServer[] = [];
const dns = async (answer: Parameters<typeof startDnsServer>[0]) => {
  const server = await startDnsServer(answer);
  dnsServers.push(server);
  return server;
};
afterEach(() => dnsServers.splice(0).forEach((server) => server.close()));

test("a name is resolved by DNS to all its addresses", async () => {
  const { address } = await dns([192, 0, 2, 7]);
  const resolveHost = createResolveHost({ servers: [address] });
  expect(await resolveHost("receiver.test")).toEqual([{ address: "192.0.2.7", family: 4 }]);
});

test("localhost is this machine, whatever DNS says", async () => {
  const { address, asked } = await dns([192, 0, 2, 7]);
  const resolveHost = createResolveHost({ servers: [address] });
  for (const name of ["localhost", "a.localhost", "LOCALHOST."]) {
    expect((await resolveHost(name)).map((found) => found.address)).toEqual(["127.0.0.1", "::1"]);
  }
  expect(asked()).toBe(0);
});

test("a name that DNS does not know is an error at once", async () => {
  const { address } = await dns("unknown");
  await expect(createResolveHost({ servers: [address] })("receiver.test")).rejects.toMatchObject({
    code: "ENOTFOUND",
  });
  const knowing = createResolveHost({ servers: [address], knowsLocalNames: true });
  await expect(knowing("receiver.invalid")).rejects.toThrow("receiver.invalid");
});

test("names without an answer of DNS time out, and delay no other name", async () => {
  const { address } = await dns("silent");
  for (const knowsLocalNames of [false, true]) {
    const resolveHost = createResolveHost({ servers: [address], knowsLocalNames, patienceMs: 300 });
    const names = Array.from({ length: 40 }, (_, number) => `silent-${number}.test`);
    const ends = names.map((name) => resolveHost(name).catch((error: unknown) => error));
    await lookup("localhost"); // on the threads shared with files and compression
    for (const end of await Promise.all(ends))
      expect(end).toHaveProperty("code", expect.stringMatching(/^E(?:TIMEOUT|CANCELLED)$/));
  }
}, 20_000);

/** Adds an organisation with a webhook and deliveries to it. */
async function addOrg(database: Database, orgId: string, url: string, deliveries: number) {
  const events = ["memory.learning.completed"] as const;
  await insertOrg(database, orgId);
  const id = newId() as WebhookId;
  await saveMainWebhook(database, orgId, { id, url, events, enabled: true, secret: "whsec_AAAA" }, false);
  await database.query(
    `insert into memlane.webhook_delivery (id, org_id, webhook_id, job_id, event, body)
     select gen_random_uuid(), $1, $4, gen_random_uuid(), $2, '{}' from generate_series(1, $3)`,
    [orgId, events[0], deliveries, id],
  );
}

async function errorsOf(database: Database, orgId: string) {
  return (await listDeliveries(database, orgId, { limit: 500 })).flatMap(({ error }) => error ?? []);
}

test("a name that DNS resolves to this machine is not connected to", async () => {
  const { address } = await dns([127, 0, 0, 1]);
  const database = await openTestDatabase();
  const receiver = await startReceiver();
  await addOrg(database, "evil", `https://receiver.test:${receiver.port}/`, 1);
  const sender = startWebhookSender(database, createLogger("silent"), {
    ...webhookDefaults,
    resolveHost: createResolveHost({ servers: [address] }),
  });
  onTestFinished(async () => {
    await sender.stop();
    await receiver.close();
    await database.close();
  });
  await expect.poll(() => errorsOf(database, "evil")).toEqual(["the receiver could not be reached"]);
  expect(receiver.connections()).toBe(0);
});

test("receivers without an answer of DNS delay no other organisation", async () => {
  const silent = await dns("silent");
  const database = await openTestDatabase();
  const receiver = await startReceiver();
  for (let number = 0; number < 12; number += 1) {
    await addOrg(database, `evil-${number}`, `http://silent-${number}.test/`, 200);
  }
  await addOrg(database, "good", receiver.url, 20);
  const sender = startWebhookSender(database, createLogger("silent"), {
    ...webhookDefaults,
    allowPrivate: true,
    timeoutMs: 60_000,
    resolveHost: createResolveHost({ servers: [silent.address], patienceMs: 1000 }),
  });
  onTestFinished(async () => {
    await sender.stop();
    await receiver.close();
    await database.close();
  });
  const startedMs = performance.now();
  await receiver.nth(20);
  expect(performance.now() - startedMs).toBeLessThan(10_000); // the others would take at least 200 s
  await expect.poll(() => errorsOf(database, "evil-0")).toContain("the receiver could not be reached");
}, 30_000);
