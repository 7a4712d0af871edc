// Opens every page in a real browser, in both themes and as narrow as a phone.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, ElementContext, RunOptions } from "axe-core";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { launchBrowser, openTab, type Watched } from "./browser.ts";
import { builtPages } from "./built-pages.ts";

const site = inject("site");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const phoneWidth = 375;
const desktopWidth = 1440;
/** The greatest height of a page, in pixels. Split a longer page, because readers get lost in it. */
const maximumHeight = 6000;

let browser: Browser;
let wide: Watched;
let narrow: Watched;
beforeAll(async () => {
  browser = await launchBrowser();
  [wide, narrow] = await Promise.all([
    openTab(browser, site, desktopWidth),
    openTab(browser, site, phoneWidth),
  ]);
  // Scrolling code becomes reachable by keyboard when the page is idle. A browser on a busy machine reports that late.
  await wide.page.addInitScript(() => {
    globalThis.requestIdleCallback = (callback) =>
      Number(setTimeout(callback, 0, { didTimeout: false, timeRemaining: () => 50 }));
  });
});
afterAll(() => browser.close());

// The header and the side bar take most of the time, and are the same on most pages. Each kind of them is checked once.
const frame = ["header.header", "nav.sidebar"];
const checkedFrames = new Set<string>();

describe.each(builtPages)("%s", (path) => {
  test("sends no request to another site, has no serious accessibility error in either theme, and is short", async () => {
    const { page, faults } = wide;
    faults.length = 0;
    await page.goto(site + path, { waitUntil: "load" });
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(maximumHeight);
    await page.evaluate(axe);
    const shown = await readFrame(page);
    const exclude = checkedFrames.has(shown) ? frame : [];
    checkedFrames.add(shown);
    const seen = [
      ...(await seriousFaults(page, "light", exclude, {})),
      // The other theme differs only in colours.
      ...(await seriousFaults(page, "dark", exclude, { runOnly: ["color-contrast"] })),
    ];
    expect([...seen, ...faults]).toEqual([]);
  });

  test("fits on a phone", async () => {
    const { page } = narrow;
    await page.goto(site + path, { waitUntil: "domcontentloaded" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phoneWidth);
  });
});

/** The HTML of the header and the side bar, without the marks of the current page. */
async function readFrame(page: Page): Promise<string> {
  const parts = await page.locator(frame.join()).evaluateAll((all) => all.map((part) => part.outerHTML));
  return parts.join("\n").replaceAll(/ aria-current="page"| open=""/g, "");
}

async function seriousFaults(
  page: Page,
  theme: string,
  exclude: string[],
  options: RunOptions,
): Promise<string[]> {
  await page.evaluate((name) => (document.documentElement.dataset["theme"] = name), theme);
  const results: AxeResults = await page.evaluate(
    ([context, given]) =>
      (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run(context, given),
    [
      { exclude },
      {
        ...options,
        resultTypes: ["violations"],
        // The text of Starlight's search button includes its keyboard shortcut, which its label does not repeat.
        rules: { "label-content-name-mismatch": { enabled: false } },
      },
    ] satisfies [ElementContext, RunOptions],
  );
  return results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${theme}: ${id} at ${nodes
          .slice(0, 3)
          .map(({ html }) => html)
          .join(" and ")}`,
    );
}
