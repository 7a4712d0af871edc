// Real tabs of a real Chromium with web security on, an API on another origin, and a worker process. The tests stop
// the worker while a job must not end.
import {
  startTestPostgres,
  startTestServer,
  type TestPostgres,
  type TestServer,
} from "@memlane/server/testing";
import { chromium, type Browser, type BrowserContext, type Page, type Request } from "playwright";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from "vitest";
import { launchOptions } from "@memlane/chromium";
import { startPageServer, type PageServer } from "./page-server.ts";

const apiKey = "mlk_a-key-that-no-page-must-see";
vi.setConfig({ testTimeout: 120_000 });
const patience = { timeout: 60_000, interval: 20 };

/** The script of the page. It stores what its watch shows in `seen`; in a window, it also posts that to `/report`. */
const script = `
  import { watchJob } from "../src/index.ts";
  Object.assign(window, {
    seen: [],
    watch(options) {
      const watch = watchJob({ ...options, ...(window.newToken && { refreshToken: () => window.newToken() }) });
      window.leave = watch.subscribe(() => {
        const { phase, job, error } = watch.getSnapshot();
        window.seen.push({ phase, status: job?.status, code: error?.code, message: error?.message });
        if (options.name) report(options.name, { phase, status: job?.status });
      });
    },
  });
  const report = (name, seen) =>
    fetch("/report", { method: "POST", body: JSON.stringify({ name, visibility: document.visibilityState, ...seen }) });
  const options = new URLSearchParams(location.search).get("options");
  if (options) {
    const { name, ...given } = JSON.parse(options);
    window.watch({ name, ...given });
    document.addEventListener("visibilitychange", () => report(name, {}));
    report(name, {});
  }
`;

let postgres: TestPostgres;
let pages: PageServer;
let api: TestServer;
let worker: TestServer;
let browser: Browser;
let context: BrowserContext;

const startApi = (port = 0) =>
  startTestServer({
    command: "api",
    port,
    apiKey,
    environment: { DATABASE_URL: postgres.url, MEMLANE_CORS_ORIGINS: pages.origin },
  });

beforeAll(async () => {
  [postgres, pages, browser] = await Promise.all([
    startTestPostgres(),
    startPageServer(script),
    chromium.launch(launchOptions),
  ]);
  api = await startApi();
  worker = await startTestServer({ command: "worker", environment: { DATABASE_URL: postgres.url } });
  process.kill(worker.pid, "SIGSTOP");
}, 180_000);
afterAll(async () => {
  await browser?.close();
  if (worker !== undefined) process.kill(worker.pid, "SIGCONT");
  await Promise.all([worker?.stop(), api?.stop(), pages?.close()]);
  await postgres?.stop();
}, 30_000);

/** The pages' requests to the API. */
let requests: { readonly path: string; readonly page: Page | undefined }[];
/** The requests without a complete answer. */
let open: Set<Request>;
const openRequests = () => [...open].filter((request) => !request.frame().page().isClosed()).length;
beforeEach(async () => {
  context = await browser.newContext();
  requests = [];
  open = new Set();
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== api.url) return;
    requests.push({ path: url.pathname, page: request.frame().page() });
    open.add(request);
  });
  context.on("requestfinished", (request) => open.delete(request));
  context.on("requestfailed", (request) => open.delete(request));
});
afterEach(() => context.close());

interface Seen {
  readonly phase: string;
  readonly status?: string;
  readonly code?: string;
  readonly message?: string;
}
interface Given {
  readonly id: string;
  readonly token: string;
  readonly timeoutMs?: number;
}
declare global {
  // oxlint-disable-next-line no-var -- the page's script sets it
  var seen: Seen[];
  var watch: (options: Given & { baseUrl: string; dialect: string }) => void;
}

/** Creates a job like the page's backend, and gets a token with it. */
async function createJob(query = "?token=true"): Promise<Given> {
  const answer = await fetch(`${api.url}/v1/batch${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ memories: [{ content: "tea" }] }),
  });
  const { id, token } = (await answer.json()) as Given;
  return { id, token };
}

async function newToken(id: string): Promise<string> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const answer = await fetch(`${api.url}/v1/jobs/${id}/token`, { method: "POST", headers });
  return ((await answer.json()) as Given).token;
}

/** Resumes the worker, so that it finishes the jobs. */
function finishJobs(): void {
  process.kill(worker.pid, "SIGCONT");
}
afterEach(() => process.kill(worker.pid, "SIGSTOP"));

/** Opens a tab that watches a job. */
async function openTab(given: Given, backend?: () => Promise<string>): Promise<Page> {
  const page = await context.newPage();
  if (backend !== undefined) await page.exposeFunction("newToken", backend);
  await page.goto(pages.origin);
  await page.evaluate((options) => watch(options), { ...given, baseUrl: api.url, dialect: "batch" });
  return page;
}

const lastSeen = (page: Page) => page.evaluate(() => globalThis.seen.at(-1));
const expectToSee = (page: Page, seen: Partial<Seen>) =>
  expect.poll(() => lastSeen(page), patience).toMatchObject(seen);
const pending = { phase: "progress", status: "pending" };
const completed = { phase: "ended", status: "completed" };

describe("a tab", () => {
  test("follows a job to its end over one connection", async () => {
    const job = await createJob();
    const tab = await openTab(job);
    await expectToSee(tab, pending);
    finishJobs();
    await expectToSee(tab, completed);
    expect(requests.map(({ path }) => path)).toEqual([`/v1/jobs/${job.id}/events`]);
    await expect.poll(openRequests).toBe(0);
  });

  test("continues after the server was killed and restarted", async () => {
    const tab = await openTab(await createJob());
    await expectToSee(tab, pending);
    const port = Number(new URL(api.url).port);
    await api.kill();
    api = await startApi(port);
    finishJobs();
    await expectToSee(tab, completed);
    expect(await tab.evaluate(() => seen.map(({ phase }) => phase))).not.toContain("failed");
  });

  test("gets another token when its own has expired", async () => {
    const { id, token } = await createJob("?token=2");
    const asked: string[] = [];
    const tab = await openTab({ id, token }, async () => {
      asked.push(id);
      return newToken(id);
    });
    await expectToSee(tab, pending);
    await expect.poll(() => asked, patience).toEqual([id]);
    finishJobs();
    await expectToSee(tab, completed);
    expect(asked).toEqual([id]);
  });

  test("fails if its token has expired and there is no refreshToken", async () => {
    const tab = await openTab(await createJob("?token=1"));
    await expectToSee(tab, { phase: "failed", code: "token_expired" });
    expect(openRequests()).toBe(0);
  });

  test("pauses while it is offline, and continues when it is back", async () => {
    const tab = await openTab(await createJob());
    await expectToSee(tab, pending);
    await context.setOffline(true);
    await expect.poll(openRequests, patience).toBe(0);
    const sent = requests.length;
    finishJobs();
    await new Promise((resolve) => setTimeout(resolve, 500)); // no event shows that the tab sends nothing
    expect(requests).toHaveLength(sent);
    expect(await lastSeen(tab)).toMatchObject(pending);
    await context.setOffline(false);
    await expectToSee(tab, completed);
  });

  test("long-polls a server without events", async () => {
    const job = await createJob();
    await context.route("**/events", (route) =>
      route.fulfill({ status: 404, headers: { "access-control-allow-origin": "*" } }),
    );
    const tab = await openTab(job);
    await expectToSee(tab, pending);
    await expect.poll(() => requests.length, patience).toBe(3); // the events, the current state, and the long-poll
    await expect.poll(openRequests, patience).toBe(1);
    finishJobs();
    await expectToSee(tab, completed);
    // The last long-poll may see the job before it has ended.
    const [first, ...others] = requests.map(({ path }) => path);
    expect(first).toBe(`/v1/jobs/${job.id}/events`);
    expect(new Set(others)).toEqual(new Set([`/v1/batch/${job.id}`]));
  });
});

describe("of three tabs", () => {
  async function openThree(job: Given): Promise<readonly [Page, Page, Page]> {
    const tabs = [await openTab(job), await openTab(job), await openTab(job)] as const;
    for (const tab of tabs) await expectToSee(tab, pending);
    return tabs;
  }

  test("one reads for all, and all see the same", async () => {
    const tabs = await openThree(await createJob());
    expect(requests).toHaveLength(1);
    expect(openRequests()).toBe(1);
    finishJobs();
    for (const tab of tabs) await expectToSee(tab, completed);
    expect(requests).toHaveLength(1);
    const seen = await Promise.all(tabs.map((tab) => tab.evaluate(() => globalThis.seen)));
    expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  test("another takes over when the one that reads is closed", async () => {
    const job = await createJob();
    const tabs = await openThree(job);
    const reader = requests[0]?.page;
    await reader?.close();
    const [second, third] = tabs.filter((tab) => tab !== reader);
    await expect.poll(() => requests.length, patience).toBe(2);
    expect([second, third]).toContain(requests[1]?.page);
    await expect.poll(openRequests, patience).toBe(1);
    finishJobs();
    await expectToSee(second!, completed);
    await expectToSee(third!, completed);
    expect(requests).toHaveLength(2);
  });

  test("a tab that opens after the end learns it without a request, while another tab is open", async () => {
    const job = await createJob();
    const [first, second] = await openThree(job);
    finishJobs();
    await expectToSee(second, completed);
    await first.close();
    const late = await openTab(job);
    await expectToSee(late, completed);
    expect(requests).toHaveLength(1);
  });

  test("another reads if the first was refused, and the refused one sees the job", async () => {
    const job = await createJob();
    const other = await createJob();
    const refused = await openTab({ ...job, token: other.token });
    await expectToSee(refused, { phase: "failed", code: "job_not_found" });
    await expectToSee(await openTab(job), pending);
    // The refused tab shows what the other tab has read.
    await expectToSee(refused, pending);
  });
});

describe("a window", () => {
  /** Opens a window that Playwright does not control. A page that Playwright controls is always visible. */
  async function openWindow(job: Given, name: string) {
    const devtools = await browser.newBrowserCDPSession();
    const options = JSON.stringify({ ...job, name, baseUrl: api.url, dialect: "batch" });
    const url = `${pages.origin}/?${new URLSearchParams({ options }).toString()}`;
    const { targetId } = await devtools.send("Target.createTarget", { url, newWindow: true });
    onTestFinished(async () => void (await devtools.send("Target.closeTarget", { targetId })));
    const { windowId } = await devtools.send("Browser.getWindowForTarget", { targetId });
    const become = async (windowState: "minimized" | "normal", visibility: string) => {
      await devtools.send("Browser.setWindowBounds", { windowId, bounds: { windowState } });
      await expect.poll(() => last(name), patience).toMatchObject({ visibility });
    };
    return { hide: () => become("minimized", "hidden"), show: () => become("normal", "visible") };
  }
  const reportsOf = (name: string) =>
    pages.reports.filter((report) => (report as { name?: string }).name === name);
  const last = (name: string) => reportsOf(name).at(-1);
  const requestsFor = ({ id }: Given) =>
    api.logs.filter((line) => line.includes(id) && line.includes('"GET"')).length;

  test("pauses while it is hidden, and continues when it is shown", async () => {
    const job = await createJob();
    const window = await openWindow(job, "alone");
    await expect.poll(() => last("alone"), patience).toMatchObject(pending);
    expect(requestsFor(job)).toBe(1);
    await window.hide();
    finishJobs();
    await expect.poll(() => statusOf(job), patience).toBe("completed");
    expect(last("alone")).not.toHaveProperty("phase");
    const before = requestsFor(job);
    await window.show();
    await expect.poll(() => last("alone"), patience).toMatchObject(completed);
    expect(requestsFor(job)).toBe(before + 1);
  });

  test("that is hidden leaves the reading to a visible one", async () => {
    const job = await createJob();
    const first = await openWindow(job, "first");
    await expect.poll(() => last("first"), patience).toMatchObject(pending);
    await openWindow(job, "second");
    await expect.poll(() => last("second"), patience).toMatchObject(pending);
    expect(requestsFor(job)).toBe(1);
    await first.hide();
    await expect.poll(() => requestsFor(job), patience).toBe(2);
    finishJobs();
    await expect.poll(() => last("second"), patience).toMatchObject(completed);
    expect(last("first")).toMatchObject({ visibility: "hidden" });
    expect(last("first")).not.toHaveProperty("phase");
  });

  async function statusOf({ id }: Given): Promise<unknown> {
    const headers = { authorization: `Bearer ${apiKey}` };
    return ((await (await fetch(`${api.url}/v1/batch/${id}`, { headers })).json()) as { status: unknown })
      .status;
  }
});

describe("a page", () => {
  test("gets an error for an API key, which says how to get a job token", async () => {
    const { id } = await createJob();
    await expect(openTab({ id, token: apiKey })).rejects.toThrow(
      /not a job token.*API key.*\/v1\/jobs\/\{id\}\/token/s,
    );
    expect(requests).toHaveLength(0);
  });

  test("of an origin that is not allowed fails with a timeout", async () => {
    const stranger = await startPageServer(script);
    onTestFinished(() => stranger.close());
    const job = await createJob();
    const tab = await context.newPage();
    await tab.goto(stranger.origin);
    await tab.evaluate((options) => watch(options), {
      ...job,
      timeoutMs: 300,
      baseUrl: api.url,
      dialect: "batch",
    });
    await expectToSee(tab, { phase: "failed", code: "timeout" });
  });
});
