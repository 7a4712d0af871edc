import { readFile } from "node:fs/promises";
import type { Page } from "playwright";
import { expect, onTestFinished, test } from "vitest";
import { client, panel, startBrowser, whileWorkerStops, world } from "./console.ts";
import { letItemsBeRetryable, openSeed } from "./seed.ts";

const { openConsole } = startBrowser();

async function openJob(id: string): Promise<Page> {
  const { page } = await openConsole(`/jobs/${id}`);
  return page;
}

test("a conversation shows its stages, the outcome of each message, and what replaced what", async () => {
  const page = await openJob(world.conversationId);
  const stages = page.getByRole("list", { name: "Stages" }).getByRole("listitem");
  await expect.poll(() => stages.count()).toBeGreaterThanOrEqual(5);
  const message = panel(page, "Messages").getByRole("listitem").filter({ hasText: "I moved to Berlin" });
  expect(await message.textContent()).toMatch(/user D1:2.*replaced a memory/);
  const replaced = panel(page, "Memories").getByRole("listitem").filter({ hasText: "replaced by" });
  await expect.poll(() => replaced.textContent()).toMatch(/lives in Paris.*replaced by: .*Berlin/);
});

test("the words of a failed conversation are shown when the reader asks for them", async () => {
  const page = await openJob(world.failureId);
  await panel(page, "Request").getByRole("button", { name: "Show" }).click();
  await expect.poll(() => page.getByLabel("The request as JSON").textContent()).toMatch('"conv_id": "c"');
});

test("a job that runs is followed to its end", async () => {
  const page = await whileWorkerStops(async () => {
    const { id } = await client.batch.create([{ content: "I wait." }]);
    const waiting = await openJob(id);
    await waiting.getByText("It waits for a worker.").waitFor();
    return waiting;
  });
  await page.locator(".job-facts").getByText("succeeded").waitFor();
  await page.getByText("Attempt 1").waitFor();
});

test("a cancelled job shows that, and can be retried", async () => {
  const page = await whileWorkerStops(async () => {
    const { id } = await client.batch.create([{ content: "I wait, too." }]);
    const waiting = await openJob(id);
    await waiting.getByRole("button", { name: "Cancel" }).click();
    await panel(waiting, "Why it failed").getByText("cancelled", { exact: true }).waitFor();
    await panel(waiting, "Attempts").getByText("No worker took it.").waitFor();
    await waiting.getByRole("button", { name: "Retry" }).click();
    await waiting.waitForURL((url) => !url.pathname.endsWith(id));
    return waiting;
  });
  await page.locator(".job-facts").getByText("succeeded").waitFor();
});

test("a batch groups its failed items by code, and downloads them", async () => {
  const page = await openJob(world.batchId);
  const groups = panel(page, "Failed items").getByRole("group");
  await expect.poll(() => groups.allTextContents()).toHaveLength(2);
  const [empty] = await groups.allTextContents();
  expect(empty).toMatch(/^4 empty_content.*item 4.*crm-4/);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as JSONL" }).click();
  const lines = (await readFile(await (await downloading).path(), "utf8")).trimEnd().split("\n");
  const items = lines.map((line) => JSON.parse(line) as { readonly index: number; readonly id: string });
  expect(items.map(({ index }) => index)).toEqual([4, 7, 10, 15, 16, 22, 23]);
  expect(items[0]).toMatchObject({ id: "crm-4", code: "empty_content" });
});

test("a retry of a batch sends only its failed items", async () => {
  const { id } = await client.batch.createAndWait([{ content: "kept" }, { content: " " }]);
  const seed = await openSeed(world);
  onTestFinished(seed.close);
  await letItemsBeRetryable(seed, id);
  const page = await openJob(id);
  await page.getByRole("button", { name: "Retry the failed item" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith(id));
  await expect.poll(() => panel(page, "Items").textContent()).toMatch(/received1/);
});

test("a batch whose failed items would all fail again has no retry", async () => {
  const page = await openJob(world.batchId);
  await page.getByText("would fail again").first().waitFor();
  expect(await page.getByRole("button", { name: "Retry" }).count()).toBe(0);
});

test("an unknown job says what that means", async () => {
  const page = await openJob("job_00000000000070008000000000000000");
  await expect.poll(() => page.getByRole("alert").textContent()).toMatch(/belongs to another organisation/);
});
