import type { Page } from "playwright";
import { expect, test } from "vitest";
import { startBrowser, world } from "./console.ts";

const { openTab } = startBrowser();

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim());

/** Presses Tab until the focused element has this text. */
async function tabTo(page: Page, text: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (new RegExp(text).test((await focused(page)) ?? "")) return;
  }
  throw new Error(`no Tab leads to ${String(text)}`);
}

test("a keyboard alone signs in, finds a failed job and opens it", async () => {
  const { page } = await openTab();
  await page.goto(`${world.url}/console`);
  await page.getByLabel("API key").waitFor();
  await page.keyboard.type(world.apiKey);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("Skip to the content");
  await tabTo(page, /^Jobs$/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Jobs" }).waitFor();
  await tabTo(page, /^$/); // a checkbox has no text
  for (let state = 0; state < 3; state += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.getByRole("link", { name: /^job_/ }).first().waitFor();
  await tabTo(page, /^job_/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Attempts" }).waitFor();
});
