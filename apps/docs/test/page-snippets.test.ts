// Builds and runs the guide's page and its backend as the guide says, in a real browser.
import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { MemoryClient } from "@memlane/sdk-node";
import { freePort } from "@memlane/vitest-setup/free-port";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { launchBrowser } from "./browser.ts";

const snippets = fileURLToPath(new URL("../snippets/page", import.meta.url));
const installed = fileURLToPath(new URL("../node_modules", import.meta.url));

let origin: string;
let folder: string;
let server: TestServer;
let backend: ReturnType<typeof spawn>;
let browser: Browser;

beforeAll(async () => {
  const port = await freePort("localhost");
  origin = `http://localhost:${port}`;
  folder = await mkdtemp(join(tmpdir(), "memlane-page-"));
  await cp(snippets, folder, { recursive: true });
  await symlink(installed, join(folder, "node_modules"));
  [server, browser] = await Promise.all([
    startTestServer({
      orgId: "acme",
      apiKey: "a-long-secret-key",
      environment: { MEMLANE_CORS_ORIGINS: origin },
    }),
    launchBrowser(),
  ]);
  await build(await readFile(join(folder, "build.sh"), "utf8"));
  backend = spawn(process.execPath, ["backend.ts"], {
    cwd: folder,
    env: {
      ...process.env,
      PORT: String(port),
      MEMLANE_BASE_URL: server.url,
      MEMLANE_API_KEY: server.apiKey,
      MEMLANE_ORG_ID: server.orgId,
    },
    stdio: "inherit",
  });
  await vi.waitFor(() => fetch(origin), { timeout: 20_000 });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  backend?.kill();
  await server?.stop();
  await rm(folder, { recursive: true });
}, 30_000);

test("the page shows the result of its import, over one request to the server, without its key", async () => {
  const page = await browser.newPage();
  const asked: string[] = [];
  const seen: string[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith(server.url)) asked.push(new URL(request.url()).pathname);
    seen.push(JSON.stringify(request.headers()), request.postData() ?? "");
  });
  page.on("response", async (response) => {
    if (response.url().startsWith(origin)) seen.push(await response.text());
  });
  await page.goto(origin);
  await page
    .getByLabel("One note a line")
    .fill("Sam likes tea.\nSam lives in Berlin.\n\nSam plays the cello.");
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByText("3 of 4 notes are in.").waitFor();
  const bar = page.getByRole("progressbar", { name: "Importing your notes" });
  expect(await bar.evaluate((element) => (element as HTMLProgressElement).position)).toBe(1);
  expect(asked).toEqual([expect.stringMatching(/^\/v1\/jobs\/job_\w+\/events$/)]);
  expect(seen.join("\n")).not.toContain(server.apiKey);
});

test("a page watches a conversation, and prints what the site shows", async () => {
  const file = join(snippets, "watch.ts");
  await run("esbuild", [file, "--bundle", "--format=esm", "--outfile=watch.js"]);
  const page = await browser.newPage();
  await page.route("**/chat", async (route) => {
    const client = new MemoryClient({
      apiKey: server.apiKey,
      orgId: server.orgId,
      baseUrl: server.url,
    });
    const messages = [{ role: "user", content: "I moved to Berlin." } as const];
    const job = await client.memories.ingest({ messages, user_id: "ben", conv_id: "c9" }, { token: true });
    await route.fulfill({ json: { ...job, baseUrl: server.url } });
  });
  const lines: string[] = [];
  page.on("console", (message) => lines.push(message.text()));
  await page.goto(origin);
  await page.addScriptTag({ path: join(folder, "watch.js"), type: "module" });
  await vi.waitFor(() => expect(lines).toHaveLength(2), { timeout: 20_000 });
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(`${file}.out`);
});

test("the backend makes another token for a job", async () => {
  const answer = await fetch(`${origin}/import`, { method: "POST", body: "Sam likes tea." });
  const { id } = (await answer.json()) as { readonly id: string };
  const token = await fetch(`${origin}/token?id=${id}`, { method: "POST" });
  expect(await token.text()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
});

/** Runs a command of the guide, with an `npx` that uses this folder's packages. */
async function build(command: string): Promise<void> {
  const [npx, name, ...args] = command.trim().split(" ");
  expect(npx).toBe("npx");
  await run(name!, args);
}

const run = (name: string, args: readonly string[]) =>
  promisify(execFile)(join(installed, ".bin", name), args, { cwd: folder });
