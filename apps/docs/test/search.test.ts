// Asks the built index the questions of `search-questions.ts`, in a real browser.
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { ranking } from "../src/search/ranking.ts";
import { launchBrowser, openTab } from "./browser.ts";
import { builtPages } from "./built-pages.ts";
import { searchQuestions } from "./search-questions.ts";

interface Pagefind {
  readonly options: (settings: object) => Promise<void>;
  readonly search: (
    words: string,
  ) => Promise<{ readonly results: readonly { data(): Promise<{ readonly url: string }> }[] }>;
}

const site = inject("site");

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test("at least 57 of the 60 questions have their page among the first three", async () => {
  const { page } = await openTab(browser, site, 1280);
  await page.goto(`${site}/`);
  const pagefind = await page.evaluateHandle<Pagefind>('import("/pagefind/pagefind.js")');
  const found = await pagefind.evaluate(
    async ({ options, search }, [questions, settings]) => {
      await options(settings);
      const urlsOf = async (words: string) => {
        const { results } = await search(words);
        const first = await Promise.all(results.slice(0, 3).map((result) => result.data()));
        return first.map(({ url }) => url);
      };
      return Promise.all(questions.map(urlsOf));
    },
    [searchQuestions.map(([words]) => words), { ranking }] as const,
  );
  const missed = searchQuestions
    .map(([words, ...pages], index) => ({ words, pages, found: found[index]! }))
    .filter(({ pages, found: urls }) => !urls.some((url) => pages.includes(url)));
  expect(searchQuestions).toHaveLength(60);
  expect(builtPages).toEqual(expect.arrayContaining(searchQuestions.flatMap(([, ...pages]) => pages)));
  expect(missed.length, JSON.stringify(missed, undefined, 2)).toBeLessThanOrEqual(3);
});

test("the search of the header answers a question in words, and shows no keywords", async () => {
  const { page, faults } = await openTab(browser, site, 1280);
  await page.goto(`${site}/guides/waiting/`);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("How do I delete a user?");
  const first = page.locator(".pagefind-ui__result-link").first();
  await expect.poll(() => first.textContent()).toBe("Delete a user");
  expect(await page.getByText("right to be forgotten").count()).toBe(0);
  expect(faults).toEqual([]);
});

test("letters that are typed before the search is loaded are not lost", async () => {
  const { page, faults } = await openTab(browser, site, 1280);
  const [scripts, pagefind] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route(/\.js$/, async (route) => {
    await (route.request().url().includes("/ui-core") ? pagefind : scripts).promise;
    await route.continue();
  });
  await page.goto(`${site}/guides/waiting/`, { waitUntil: "commit" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("How do I delete");
  scripts.resolve();
  await page.waitForFunction(() => customElements.get("site-search") !== undefined);
  await page.keyboard.type(" a us");
  pagefind.resolve();
  const input = page.locator("form").getByRole("textbox", { name: "Search" });
  await expect.poll(() => input.inputValue()).toBe("How do I delete a us");
  await page.keyboard.type("er?");
  await expect.poll(() => input.inputValue()).toBe("How do I delete a user?");
  expect(await page.getByRole("dialog").getByRole("textbox").count()).toBe(1);
  const first = page.locator(".pagefind-ui__result-link").first();
  await expect.poll(() => first.textContent()).toBe("Delete a user");
  await page.mouse.click(20, 20);
  await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  expect(faults).toEqual([]);
});

test("a page that does not exist offers pages with the words of its address", async () => {
  const { page } = await openTab(browser, site, 1280);
  await page.goto(`${site}/docs/own-postgres.html`);
  const link = page.getByRole("listitem").getByRole("link").first();
  await expect.poll(() => link.getAttribute("href")).toBe("/guides/own-postgresql/");
  await page.getByRole("searchbox").fill("webhook signature");
  await expect.poll(() => link.getAttribute("href")).toBe("/guides/receiving-webhooks/");
});
