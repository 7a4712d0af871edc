import type { Page } from "playwright";
import { expect, test } from "vitest";
import { axeFaults, watchFaults } from "./browser.ts";
import { startBrowser, world } from "./console.ts";

const { openConsole, openTab } = startBrowser();

const overview = (page: Page) => page.getByRole("heading", { name: "Overview" });

test("an unknown key is refused with what to do, and the right one opens the screen of the address", async () => {
  const { page } = await openTab();
  await page.goto(`${world.url}/console/jobs?state=failed`);
  const field = page.getByLabel("API key");
  await field.fill("mlk_wrong");
  await field.press("Enter");
  await expect.poll(() => page.getByRole("alert").textContent()).toMatch(/copied whole/);
  expect(await axeFaults(page)).toEqual([]);
  await field.fill(world.apiKey);
  await field.press("Enter");
  await page.getByRole("heading", { name: "Jobs" }).waitFor();
  expect(await page.getByLabel("failed").isChecked()).toBe(true);
  await page.getByText("org_acme").waitFor();
});

test("a key in the address is taken out of it, and stored nowhere", async () => {
  const { page, faults } = await openConsole();
  await overview(page).waitFor();
  expect(page.url()).toBe(`${world.url}/console`);
  const stored = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
  expect(stored).toEqual([0, 0, ""]);
  expect(faults).toEqual([]);
});

test("a second tab gets the key of the first, until that one has signed out", async () => {
  const { page } = await openConsole();
  await overview(page).waitFor();
  const second = await page.context().newPage();
  const faults = watchFaults(second);
  await second.goto(`${world.url}/console/jobs`);
  await second.getByRole("heading", { name: "Jobs" }).waitFor();
  expect(faults).toEqual([]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await second.close();
  const third = await page.context().newPage();
  await third.goto(`${world.url}/console/jobs`);
  await third.getByLabel("API key").waitFor();
});

test("an operator chooses among the organisations, and sees only what the scopes of the key allow", async () => {
  const { page, faults } = await openConsole("/jobs?state=failed,queued", world.operatorKey);
  await page.getByRole("link", { name: /^job_/ }).first().waitFor();
  expect(await page.getByRole("button", { name: "Retry all" }).count()).toBe(0);
  await page.getByRole("combobox", { name: "Organisation" }).selectOption("org_large");
  await page
    .getByText(/it broke|No job matches/)
    .first()
    .waitFor();
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("button", { name: "All organisations" }).click();
  await page.getByText("6 jobs failed: extractor_unavailable").waitFor();
  expect(faults).toEqual([]);
});
