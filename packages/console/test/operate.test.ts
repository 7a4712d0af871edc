import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeFaults } from "./browser.ts";
import { client, startBrowser, world } from "./console.ts";

const { openConsole } = startBrowser();
let receiver: Server;
let receivedCount = 0;
beforeAll(async () => {
  receiver = createServer((_, response) => {
    receivedCount += 1;
    response.writeHead(204).end();
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
});
afterAll(() => void receiver.close());

test("a webhook can be tested, and a delivery sent again", async () => {
  const { port } = receiver.address() as AddressInfo;
  const { id } = await client.webhooks.create({ url: `http://127.0.0.1:${port}/`, events: null });
  const { page } = await openConsole("/webhooks");
  await page.getByRole("button", { name: "Send a test" }).click();
  const delivery = page
    .getByRole("table", { name: "Deliveries" })
    .getByRole("row", { name: /webhook\.test/ });
  await expect.poll(() => delivery.textContent()).toMatch(/answered 204.*succeeded/);
  await delivery.getByRole("button", { name: "Send again" }).click();
  await expect.poll(() => receivedCount).toBe(2);
  await client.webhooks.delete(id);
});

test("an operator sees the database and the workers", async () => {
  const { page, faults } = await openConsole("/health", world.operatorKey);
  await expect
    .poll(() => page.getByRole("list", { name: "State" }).textContent())
    .toMatch(/Databaseprimary.*Size.*MB.*Connections/);
  const workers = page.getByRole("table", { name: "Workers" }).locator("tbody").getByRole("row");
  expect(await workers.count()).toBe(1);
  expect([...(await axeFaults(page)), ...faults]).toEqual([]);
});
