import { expect, test } from "vitest";
import { addressOf, startBrowser, world } from "./console.ts";

const { openConsole, openTab } = startBrowser();

test("the overview leads from a failure to its jobs, and from a job to the error of each attempt", async () => {
  const { page, faults } = await openConsole();
  const problem = page.getByRole("listitem").filter({ hasText: "6 jobs failed: extractor_unavailable" });
  await problem.getByRole("link", { name: "All 6 jobs" }).click();
  await expect.poll(() => page.getByRole("row").count()).toBe(7);
  expect(page.url()).toMatch(/state=failed&code=extractor_unavailable&within=hour$/);
  await page.getByRole("link", { name: /^job_/ }).first().click();
  await page.getByText("Tried again after 3.0 s").waitFor();
  expect(await page.getByText("the model's endpoint answered 503").count()).toBe(4);
  expect(faults).toEqual([]);
});

test("the overview names why items of batches failed, and leads to the last batch and to all", async () => {
  const { page } = await openConsole();
  const problem = page.getByRole("listitem").filter({ hasText: "3 items of batches failed: invalid_item" });
  await problem.getByText("content must have at most 16,000 characters").waitFor();
  await problem.getByRole("link", { name: "All batches" }).click();
  await page.getByRole("row").filter({ hasText: "17 of 24 items stored, 7 failed" }).waitFor();
  await page.goBack();
  await problem.getByRole("link", { name: /^job_/ }).click();
  await page.getByRole("heading", { name: world.batchId }).waitFor();
});

test("a slow answer has a bar that says so, until it arrives", async () => {
  const { page } = await openConsole();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  const { promise: isAnswered, resolve: answer } = Promise.withResolvers<void>();
  await page.route("**/v1/users?*", (route) => isAnswered.then(() => route.continue()));
  await page.getByRole("link", { name: "Users" }).click();
  const bar = page.getByRole("progressbar", { name: "Loading" });
  await bar.waitFor();
  answer();
  await bar.waitFor({ state: "detached" });
  await page.getByRole("table", { name: "Users" }).waitFor();
});

test("the last day is in the address, and the browser's way back works", async () => {
  const { page } = await openConsole();
  await page.getByRole("button", { name: "Last day" }).click();
  await page.getByRole("heading", { name: "Jobs per 15 minutes" }).waitFor();
  expect(page.url()).toMatch(/\?window=day$/);
  await page.goBack();
  await page.getByRole("heading", { name: "Jobs per minute" }).waitFor();
});

test("a screen whose code is gone since an upgrade says what to do, and the others still work", async () => {
  const { page } = await openTab();
  await page.route("**/assets/jobs-*.js", (route) => route.fulfill({ status: 404 }));
  await page.goto(addressOf());
  await page.getByRole("link", { name: "Jobs", exact: true }).click();
  await expect.poll(() => page.getByRole("alert").textContent()).toMatch(/load it again/);
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("heading", { name: "Jobs per minute" }).waitFor();
});

test("a screen whose read failed says that it tries again, and recovers when the server answers", async () => {
  const { page } = await openConsole();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  await page.route("**/v1/users?*", (route) => route.abort());
  await page.getByRole("link", { name: "Users" }).click();
  await expect.poll(() => page.getByRole("alert").textContent()).toMatch(/does not answer.*Trying again/);
  await page.unroute("**/v1/users?*");
  await page.getByRole("table", { name: "Users" }).waitFor();
  expect(await page.getByRole("alert").count()).toBe(0);
});
