// What the tests of the console share.
import { createMemoryClient } from "@memlane/sdk-node/fetch";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, inject, onTestFinished } from "vitest";
import { launchBrowser, openTab, type Look, type Tab } from "./browser.ts";

/** The server with its jobs. */
export const world = inject("world");

/** A client of `org_acme`. */
export const client = createMemoryClient({ apiKey: world.apiKey, baseUrl: world.url });

/** Starts a browser for the tests of a file, and ends it after them. */
export function startBrowser() {
  let browser: Browser;
  beforeAll(async () => void (browser = await launchBrowser()));
  afterAll(() => browser.close());

  /** Opens a tab, and closes it after the test, because an open one continues to ask the server. */
  const openOne = async (look?: Look): Promise<Tab> => {
    const tab = await openTab(browser, look);
    onTestFinished(() => tab.page.context().close());
    return tab;
  };
  return {
    openTab: openOne,
    /** Opens a tab that stays open after the test. */
    openLastingTab: (look: Look) => openTab(browser, look),
    /** Opens a screen of the console, signed in with the key. */
    openConsole: async (path?: string, apiKey?: string): Promise<Tab> => {
      const tab = await openOne();
      await tab.page.goto(addressOf(path, apiKey));
      return tab;
    },
  };
}

/** The address of a screen, which signs in with the key. */
export const addressOf = (path = "", apiKey = world.apiKey) => `${world.url}/console${path}#key=${apiKey}`;

/** A part of a screen, by its title. */
export const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

/** Does something while no job is worked on. */
export async function whileWorkerStops<Result>(act: () => Promise<Result>): Promise<Result> {
  process.kill(world.workerPid, "SIGSTOP");
  try {
    return await act();
  } finally {
    process.kill(world.workerPid, "SIGCONT");
  }
}
