import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { axeFaults, launchBrowser, openTab } from "./browser.ts";
import { openSeed, type Seed } from "./seed.ts";

const world = inject("world");
let browser: Browser;
let seed: Seed;
let receiver: Server;
let receivedCount = 0;
beforeAll(async () => {
  browser = await launchBrowser();
  seed = await openSeed(world);
  receiver = createServer((_, response) => {
    receivedCount += 1;
    response.writeHead(204).end();
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
});
afterAll(async () => {
  await browser.close();
  await seed.close();
  receiver.close();
});

test("a webhook can be tested, and a delivery sent again", async () => {
  const { port } = receiver.address() as AddressInfo;
  const { id } = await seed.client.webhooks.create({ url: `http://127.0.0.1:${port}/`, events: null });
  const { page } = await openTab(browser);
  await page.goto(`${world.url}/console/webhooks#key=${world.apiKey}`);
  await page.getByRole("button", { name: "Send a test" }).click();
  const delivery = page
    .getByRole("table", { name: "Deliveries" })
    .getByRole("row", { name: /webhook\.test/ });
  await expect.poll(() => delivery.textContent(), { timeout: 10_000 }).toMatch(/answered 204.*succeeded/);
  await delivery.getByRole("button", { name: "Send again" }).click();
  await expect.poll(() => receivedCount, { timeout: 10_000 }).toBe(2);
  await seed.client.webhooks.delete(id);
});

test("an operator sees the database and the workers", async () => {
  const { page, faults } = await openTab(browser);
  await page.goto(`${world.url}/console/health#key=${world.operatorKey}`);
  await expect
    .poll(() => page.getByRole("list", { name: "State" }).textContent())
    .toMatch(/Databaseprimary.*Size.*MB.*Connections/);
  const workers = page.getByRole("table", { name: "Workers" }).locator("tbody").getByRole("row");
  expect(await workers.count()).toBe(1);
  expect([...(await axeFaults(page)), ...faults]).toEqual([]);
});
