// What every screen must meet, on a desktop and on a phone, in light and dark.
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { axeFaults, type Tab } from "./browser.ts";
import { addressOf, client, startBrowser, world } from "./console.ts";

const { openConsole, openLastingTab, openTab } = startBrowser();

const [fact] = (await client.memories.listPage({ user_id: "sam", type: "fact", limit: 1 })).data;

/** Each screen: its path, and a text that shows that it is complete. */
const screens = [
  ["the overview", "/", "Jobs per minute"],
  ["the list of jobs", "/jobs?state=failed,succeeded", "extraction_failed"],
  ["a conversation", `/jobs/${world.conversationId}`, "replaced by"],
  ["a failed conversation", `/jobs/${world.failureId}`, "Attempt 3"],
  ["a batch", `/jobs/${world.batchId}`, "Failed items"],
  ["the users", "/users", "The most recently active user comes first"],
  ["a user", "/users/one?user_id=sam", "does not drink"],
  ["a memory", `/memories/${fact?.id ?? ""}`, "Where it comes from"],
  ["the audit log", "/audit", "Newest first"],
  ["a search", "/search?q=where+does+the+user+live&user_id=sam", "For a prompt"],
  ["the usage", "/usage", "API keys"],
  ["the webhooks", "/webhooks", "The newest 100 deliveries"],
] as const;

describe.each([
  ["on a desktop, in light", { width: 1440 }],
  ["on a phone, in dark", { width: 390, height: 844, isDark: true }],
])("%s", (_, look) => {
  let tab: Tab;
  beforeAll(async () => {
    tab = await openLastingTab(look);
    await tab.page.goto(addressOf());
    await tab.page.getByRole("heading", { name: "Overview" }).waitFor();
  });

  test.each(screens)("%s is accessible, fits, and keeps to its own server", async (_name, path, text) => {
    const { page, faults } = tab;
    faults.length = 0;
    // Without a reload, which would forget the key.
    await page.evaluate((url) => history.pushState(null, "", url), `/console${path}`);
    await page.getByText(text).first().waitFor();
    expect([...(await axeFaults(page)), ...faults]).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(look.width);
  });
});

test("a screen that could not be loaded says that the server does not answer", async () => {
  const { page } = await openConsole();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  await page.route(/users-.*\.js|healthz/, (route) => route.abort());
  await page.getByRole("link", { name: "Users" }).click();
  await page.getByText("The server does not answer.").waitFor();
});

test("the first screen is at most 200 kB, compressed", async () => {
  const { page } = await openTab();
  const sizes: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/console"))
      sizes.push(response.body().then((body) => gzipSync(body, { level: 9 }).byteLength));
  });
  await page.goto(addressOf());
  await page.locator(".chart canvas").nth(1).waitFor();
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(200_000);
});
