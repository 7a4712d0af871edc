import { expect, onTestFinished, test } from "vitest";
import { addressOf, client, startBrowser, whileWorkerStops, world } from "./console.ts";
import { insertManyFailures, openSeed } from "./seed.ts";

const { openConsole, openTab } = startBrowser();

test("the list shows unfinished jobs, and a new one appears and leaves by itself", async () => {
  const { page, faults } = await openConsole("/jobs");
  await page.getByText("All jobs have ended.").waitFor();
  await whileWorkerStops(async () => {
    await client.batch.create([{ content: "Later." }]);
    await page.getByText("0 of 1 item stored").waitFor();
  });
  await page.getByText("All jobs have ended.").waitFor();
  expect(faults).toEqual([]);
});

test("on a phone the filters stand two by two, and a row leaves out what it does not have", async () => {
  await client.batch.createAndWait([{ content: "I am of no user." }]);
  const { page } = await openTab({ width: 390, height: 844 });
  await page.goto(addressOf("/jobs?state=succeeded&kind=batch"));
  const row = page.getByRole("row").filter({ hasText: "batch" }).first();
  await row.waitFor();
  expect(await row.innerText()).not.toMatch(/User|–/);
  const filters = page.getByRole("form", { name: "Filters" }).locator("> select, > input");
  const boxes = await filters.evaluateAll((all) => all.map((each) => each.getBoundingClientRect()));
  expect(new Set(boxes.map(({ top }) => top)).size).toBe(3);
  expect(new Set(boxes.map(({ width }) => Math.round(width))).size).toBe(1);
});

test("of 100,000 jobs the page has fifty, and the filters and the pages are in the address", async () => {
  const seed = await openSeed(world);
  onTestFinished(seed.close);
  await insertManyFailures(seed, 100_000);
  const { page, faults } = await openConsole("/jobs?state=failed", world.largeApiKey);
  const rows = page.getByRole("row");
  await expect.poll(() => rows.count()).toBe(51);
  const first = await page.getByRole("link", { name: /^job_/ }).first().textContent();
  await page.getByRole("link", { name: "Older" }).click();
  await page.getByRole("link", { name: "Newest" }).waitFor();
  await expect.poll(() => page.getByRole("link", { name: /^job_/ }).first().textContent()).not.toBe(first);
  await page.goBack();
  await expect.poll(() => page.getByRole("link", { name: /^job_/ }).first().textContent()).toBe(first);

  const retryAll = page.getByRole("button", { name: "Retry all" });
  await retryAll.click();
  await page.getByRole("button", { name: "Retry 100,000 jobs" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await retryAll.evaluate((button) => button === document.activeElement)).toBe(true);

  await page.getByLabel("User").fill("user 7");
  await page.getByLabel("User").press("Enter");
  await expect.poll(() => page.url()).toMatch(/user=user\+7/);
  await page.getByLabel("Kind").selectOption("Batches");
  await page.getByText("No job matches these filters.").waitFor();
  expect(faults).toEqual([]);
});

test("each conversation links to its user, and one choice lists the batches with failed items", async () => {
  const { page } = await openConsole("/jobs?state=failed");
  await page.getByRole("link", { name: "ada" }).first().waitFor();
  await page.getByLabel("Items").selectOption("Failed items");
  const rows = page.getByRole("table", { name: "Jobs" }).getByRole("row").filter({ hasText: "stored" });
  await rows.filter({ hasText: "7 failed" }).waitFor();
  expect(await page.getByRole("link", { name: "ada" }).count()).toBe(0);
});

test("an empty list has nothing to cancel or to retry", async () => {
  const { page } = await openConsole("/jobs?user=unknown&state=queued,failed");
  await page.getByText("No job matches these filters.").waitFor();
  expect(await page.getByRole("button", { name: /^(Cancel|Retry) all/ }).count()).toBe(0);
});

test("a link that leads to an empty list leaves the focus on the heading", async () => {
  const { page } = await openConsole("/jobs?user=unknown");
  await page.getByRole("link", { name: "Show all unfinished jobs" }).press("Enter");
  await page.getByText("All jobs have ended.").waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Jobs");
});

test("all jobs of a filter are cancelled after their number was shown", async () => {
  await whileWorkerStops(async () => {
    for (const content of ["one", "two", "three"]) await client.batch.create([{ content }]);
    const { page } = await openConsole("/jobs");
    await page.getByRole("button", { name: "Cancel all" }).click();
    await page.getByRole("button", { name: "Cancel 3 jobs" }).click();
    await page.getByText("3 jobs cancelled.").waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByText("All jobs have ended.").waitFor();
  });
});
