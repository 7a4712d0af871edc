import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launchOptions } from "@memlane/chromium";
import type { AxeResults } from "axe-core";
import { chromium, type Browser, type Page } from "playwright";

export const launchBrowser = (): Promise<Browser> => chromium.launch(launchOptions);

/** A tab and its faults. */
export interface Tab {
  readonly page: Page;
  /** Errors, violations of the Content-Security-Policy, and requests to other sites; empty for a correct page. */
  readonly faults: string[];
}

/** How a tab is shown. */
export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly isDark?: boolean;
}

export async function openTab(
  browser: Browser,
  { width = 1440, height = 900, isDark = false }: Look = {},
): Promise<Tab> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: isDark ? "dark" : "light",
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  return { page, faults: watchFaults(page) };
}

/** Collects the faults of a page. */
export function watchFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`threw ${error.message}`));
  page.on("console", (message) => {
    // The client looks for a job in one dialect after the other, and the browser reports each 404.
    if (message.type() === "error" && !message.text().includes("404")) faults.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") faults.push(`asked for ${request.url()}`);
  });
  return faults;
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The accessibility faults of the page as it is now. */
export async function axeFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const results: AxeResults = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run(document, {
      resultTypes: ["violations"],
    }),
  );
  return results.violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ html }) => html).join(" and ")}`);
}
