// A program that started the server and does not read its log.
import { execFileSync, spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, openSync, readSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findFreePort } from "../src/embedded/free-port.ts";
import { inheritedEnvironment } from "../src/settings/read-environment.ts";
import { createTestDatabase } from "./test-database.ts";

const cli = fileURLToPath(new URL("dist/cli.js", import.meta.resolve("@memlane/server/package.json")));
let folder: string;
let databaseUrl: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "memlane-log-"));
  databaseUrl = await createTestDatabase();
});
afterAll(() => rm(folder, { recursive: true }));

/** Starts a server whose log goes to `stderr`, and resolves when it answers. */
async function start(
  stderr: "pipe" | number,
): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const port = await findFreePort();
  const stdio: StdioOptions = ["ignore", "ignore", stderr];
  const env = { ...inheritedEnvironment(), DATABASE_URL: databaseUrl };
  const child = spawn(process.execPath, [cli, "serve", "--port", String(port)], { env, stdio });
  const url = `http://127.0.0.1:${port}`;
  const isUp = () =>
    fetch(`${url}/readyz`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(isUp, { timeout: 30_000 }).toBe(200);
  return { child, url };
}

/** Requests that log about 2 MB: more than the pipe and the memory for waiting lines have room for. */
async function logMuch(url: string): Promise<void> {
  const path = `/${"x".repeat(5000)}`;
  for (let round = 0; round < 20; round += 1)
    await Promise.all(Array.from({ length: 20 }, async () => (await fetch(url + path)).text()));
}

async function stop(child: ChildProcess): Promise<number | null> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
  return child.exitCode;
}

test("a full pipe does not stop the server, and its reader later gets the number of missing lines", async () => {
  const fifo = join(folder, "fifo");
  execFileSync("mkfifo", [fifo]);
  const pipe = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
  const writing = openSync(fifo, constants.O_WRONLY); // blocks, as an inherited pipe does
  try {
    const { child, url } = await start(writing);
    await logMuch(url);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);

    let read = "";
    const chunk = Buffer.alloc(65_536);
    const drain = () => {
      try {
        for (;;) read += chunk.toString("utf8", 0, readSync(pipe, chunk));
      } catch {
        return read; // the pipe is empty
      }
    };
    await expect.poll(drain, { timeout: 20_000, interval: 20 }).toContain("lines are missing");
    const lines = read.slice(0, read.lastIndexOf("\n")).split("\n");
    const missing = lines
      .map((line) => JSON.parse(line).left_out ?? 0)
      .reduce((sum, count) => sum + count, 0);
    expect(missing).toBeGreaterThan(0);

    await logMuch(url);
    expect(await stop(child)).toBe(0);
  } finally {
    closeSync(pipe);
    closeSync(writing);
  }
}, 60_000);

test("a socket that is not read does not stop the server", async () => {
  const { child, url } = await start("pipe"); // for Node.js, this is a pair of sockets
  await logMuch(url);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(await stop(child)).toBe(0);
  child.stderr?.destroy();
}, 60_000);
