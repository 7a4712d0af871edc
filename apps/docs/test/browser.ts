import { launchOptions } from "@memlane/chromium";
import { chromium, type Browser, type Page } from "playwright";

/** Forbidden actions of a page. */
export interface Watched {
  readonly page: Page;
  /** Requests to other origins, and errors; empty for a correct page. */
  readonly faults: string[];
}

/** Starts the browser. */
export const launchBrowser = (): Promise<Browser> => chromium.launch(launchOptions);

/** Opens a tab that may reach only the site, and watches it. */
export async function openTab(browser: Browser, site: string, width: number): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const faults: string[] = [];
  await context.route("**", (route) => {
    const url = route.request().url();
    if (url.startsWith(`${site}/`) || url.startsWith("data:") || url.startsWith("blob:"))
      return route.continue();
    faults.push(`asked for ${url}`);
    return route.abort();
  });
  page.on("pageerror", (error) => faults.push(`threw ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`said ${message.text()}`);
  });
  return { page, faults };
}
