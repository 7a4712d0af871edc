// Uses the server in the page like a reader.
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { examples } from "../src/live/examples.ts";
import { launchBrowser, openTab, type Watched } from "./browser.ts";

const site = inject("site");

let browser: Browser;
let tab: Watched;
beforeAll(async () => {
  browser = await launchBrowser();
  tab = await openTab(browser, site, 1280);
});
afterAll(() => browser.close());

test("nothing of it is loaded before the click, and every example is answered after it", async () => {
  const { page, faults } = tab;
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto(`${site}/start/try/`, { waitUntil: "networkidle" });
  expect(loaded.filter((path) => /pglite|server-worker/.test(path))).toEqual([]);

  await page.getByRole("button", { name: "Start a server in this tab" }).click();
  await page.getByText(/^Running,/).waitFor({ timeout: 150_000 });
  const answers: string[] = [];
  for (const _ of examples) answers.push(await send(page));

  const [created, events, replaced, found, batch, ended, refused, jobs, openapi] = answers;
  expect(created).toMatch(/^202 [^]*"status": "pending"/);
  expect(events).toMatch(/^200 [^]*event: job[^]*"status":"succeeded"[^]*lives in Paris/);
  expect(replaced).toMatch(/^200 [^]*User moved to Berlin/);
  expect(found).toMatch(/^200 [^]*"context": "[^"]*Berlin/);
  expect(batch).toMatch(/^202 [^]*"received": 200/);
  expect(ended).toMatch(/^200 [^]*"status": "completed"[^]*"imported": 199[^]*content must not be empty/);
  expect(refused).toMatch(/^422 [^]*memories\[0\]\.timestamp/);
  expect(jobs).toMatch(/^200 [^]*"object": "list"/);
  expect(openapi).toMatch(/^200 [^]*"openapi": "3\.1/);
  expect(faults).toEqual([]);
}, 180_000);

test("a page of the reference stores what its request needs, and sends it", async () => {
  const { page, faults } = tab;
  await page.goto(`${site}/reference/http/operations/read-a-memory/`);
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByRole("button", { name: "Send" }).click({ timeout: 150_000 });
  await page.getByText(/^200 after/).waitFor();
  expect(await page.locator("[data-answer]:visible").textContent()).toContain("User lives in Paris.");
  expect(faults).toEqual([]);
}, 180_000);

/** Sends the request of the form, and resolves with its answer, which begins with the status. Then shows the next example. */
async function send(page: Page): Promise<string> {
  const stop = page.getByRole("button", { name: "Stop" });
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForFunction(() =>
    /^\d{3} /.test(document.querySelector("[data-outcome]")?.textContent ?? ""),
  );
  await stop.waitFor({ state: "hidden" });
  const outcome = await page.locator("[data-outcome]").textContent();
  const answer = `${outcome}\n${await page.locator("[data-answer]").textContent()}`;
  await page.getByRole("button", { name: "Next example" }).click();
  return answer;
}
