// The official inspector with both ways to reach an agent's memories: over HTTP and as a local process.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

const runProgram = promisify(execFile);
const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const inspector = path("node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js");

/** How the inspector connects. */
const ways = {
  HTTP: ({ url, apiKey }: TestServer) => [
    `${url}/mcp?user_id=ann`,
    "--transport",
    "http",
    "--header",
    `Authorization: Bearer ${apiKey}`,
  ],
  "the local process": ({ url, apiKey }: TestServer) => [
    "-e",
    `MEMLANE_BASE_URL=${url}`,
    "-e",
    `MEMLANE_API_KEY=${apiKey}`,
    "-e",
    "MEMLANE_USER_ID=ann",
    process.execPath,
    path("dist/cli.js"),
    "mcp",
  ],
};

let folder: string;
let server: TestServer;
const start = () => startTestServer({ dataDirectory: folder, apiKey: "key-of-the-inspector" });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "memlane-inspector-"));
  server = await start();
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Calls a tool in a new process of the inspector, and resolves with its result. */
async function call(way: keyof typeof ways, tool: string, argument: string): Promise<any> {
  const action = ["--method", "tools/call", "--tool-name", tool, "--tool-arg", argument];
  const { stdout } = await runProgram(process.execPath, [
    inspector,
    "--cli",
    ...ways[way](server),
    ...action,
  ]);
  return JSON.parse(stdout);
}

test("an agent remembers over a restart of the server, over HTTP and with the local process", async () => {
  const said = (content: string) => `messages=${JSON.stringify([{ role: "user", content }])}`;
  const added = await call("HTTP", "add_conversation", said("I live in Lisbon."));
  expect(added.structuredContent).toMatchObject({ created: ["User lives in Lisbon."] });
  const noted = await call("the local process", "add_memory", "text=Ann likes green tea.");
  expect(noted.isError ?? false).toBe(false);

  await server.kill();
  server = await start();
  for (const way of ["HTTP", "the local process"] as const) {
    const { content } = await call(way, "list_memories", "limit=10");
    expect(content[0].text).toContain("- User lives in Lisbon. (");
    expect(content[0].text).toContain("- Ann likes green tea. (");
  }
});
