// Builds the Next.js app of the guide from the packed packages, and uses it in a browser. `npm run test:next` runs this file: the build
// takes too long for every `npm test`.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launchOptions } from "@memlane/chromium";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { freePort } from "@memlane/vitest-setup/free-port";
import { chromium, type Browser, type Page } from "playwright";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createProject, installPackages } from "./npm-project.ts";
import { repository } from "./packages.ts";
import { copyRelease, packPackages } from "./release-copy.ts";
import { run } from "./run.ts";

const versions = [
  "next@16.4.6",
  "react@19",
  "react-dom@19",
  "typescript@5",
  "@types/react@19",
  "@types/node@24",
];
const quiet = { NEXT_TELEMETRY_DISABLED: "1" };

let copy: string;
let origin: string;
let server: TestServer;
let app: ChildProcess;
let browser: Browser;
beforeAll(async () => {
  const packages = ["core", "mcp", "sdk-node", "sdk-browser"] as const;
  copy = await copyRelease(packages);
  const tarballs = await packPackages(copy, packages);
  const project = await createProject(join(copy, "next-app"));
  await cp(join(repository, "apps/docs/snippets/browser/next"), project, { recursive: true });
  await addServerPage(project);
  await installPackages(project, [...tarballs, ...versions]);
  const next = join(project, "node_modules/next/dist/bin/next");
  await run(process.execPath, [next, "build"], project, quiet);

  const port = await freePort("localhost");
  origin = `http://localhost:${port}`;
  [server, browser] = await Promise.all([
    startTestServer({ environment: { MEMLANE_CORS_ORIGINS: origin } }),
    chromium.launch(launchOptions),
  ]);
  const { url, apiKey, orgId } = server;
  const settings = { MEMLANE_BASE_URL: url, MEMLANE_API_KEY: apiKey, MEMLANE_ORG_ID: orgId };
  app = spawn(process.execPath, [next, "start", "--port", String(port)], {
    cwd: project,
    env: { ...process.env, ...quiet, ...settings },
    stdio: "ignore",
  });
  await vi.waitFor(() => fetch(origin), { timeout: 30_000 });
});
afterAll(async () => {
  await browser.close();
  app.kill();
  await Promise.all([once(app, "exit"), server.stop()]);
  await rm(copy, { recursive: true, force: true });
});

/** A page without "use client" that imports the package, which the build accepts only if the package has it. */
async function addServerPage(project: string): Promise<void> {
  const page = `import { JobProgress } from "@memlane/sdk-browser/react";
    export default function Page() {
      return <JobProgress snapshot={{ phase: "waiting" }} label="Rendered by the server" />;
    }`;
  await mkdir(join(project, "app/server"));
  await writeFile(join(project, "app/server/page.tsx"), page);
}

/** Opens the app, and records everything that the page gets and every error that it throws. */
async function openApp(): Promise<{ page: Page; errors: string[]; received: string[] }> {
  const page = await browser.newPage();
  const errors: string[] = [];
  const received: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("response", async (response) => {
    if (response.url().startsWith(origin)) received.push(await response.text().catch(() => ""));
  });
  await page.goto(origin);
  await page.getByText("Waiting").waitFor();
  return { page, errors, received };
}

async function importNote(page: Page): Promise<void> {
  await page.getByLabel("Note", { exact: true }).fill("I live in Paris.");
  await page.getByRole("button", { name: "Import" }).click();
}

test("a page imports a note and follows its job, and never gets the API key", async () => {
  const { page, errors, received } = await openApp();
  await importNote(page);
  await page.getByRole("status").filter({ hasText: "Done: 1 new memory" }).waitFor();
  expect(errors).toEqual([]);
  expect(received.join("\n")).not.toContain(server.apiKey);
});

test.each([
  ["is none", "mlk_no-token"],
  ["is for another server", "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl"],
])("a token that %s is a state of the page, not a crash", async (_, token) => {
  const { page, errors } = await openApp();
  const job = { id: "job_019a2f3c4d5e7f60a1b2c3d4e5f60718", token, baseUrl: server.url };
  await page.route("**/import", (route) => route.fulfill({ json: job }));
  await importNote(page);
  await page.getByRole("alert").filter({ hasText: "Connection lost" }).waitFor();
  await page.getByRole("button", { name: "Import" }).waitFor();
  expect(errors).toEqual([]);
});

test("a server component renders the package's client component", async () => {
  const html = await (await fetch(`${origin}/server`)).text();
  expect(html).toContain("Rendered by the server");
  expect(html).toContain('data-phase="waiting"');
});
