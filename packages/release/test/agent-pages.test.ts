// Connects as the lines of each MCP client's page say, to a real server. Only the client is a stand-in.
import { execFileSync, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { runInNewContext } from "node:vm";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { repository } from "./packages.ts";

const apiKey = "a-long-secret-key";
const command = join(repository, "packages/sdk-node/dist/cli.js");

const overHttp = z.object({ url: z.string(), headers: z.record(z.string(), z.string()) });
const asProcess = z.object({
  command: z.literal("memlane"),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
});
const entry = z.union([overHttp, asProcess]);

/** How a client connects: an entry of its settings. */
type Entry = z.infer<typeof entry>;

/** The settings in JSON: `mcpServers`, or `servers` in VS Code. */
function entriesOfJson(page: string): readonly Entry[] {
  return blocksOf(page, "json").map((block) => {
    const { mcpServers, servers } = JSON.parse(block);
    return entry.parse((mcpServers ?? servers).memlane);
  });
}

/** Codex's settings. They are also valid JSON, line by line. */
function entriesOfToml(page: string): readonly Entry[] {
  return blocksOf(page, "toml").map((block) => {
    const [title, ...lines] = block.trim().split("\n");
    expect(title).toBe("[mcp_servers.memlane]");
    const fields = Object.fromEntries(
      lines.map((line) => {
        const [, name, value] = /^(\w+) = (.*)$/.exec(line)!;
        return [name, JSON.parse(value!)];
      }),
    );
    const { bearer_token_env_var: key, env_vars: names = [] } = fields;
    return entry.parse({
      ...fields,
      headers: { authorization: `Bearer \${env:${key}}` },
      env: Object.fromEntries(names.map((name: string) => [name, `\${env:${name}}`])),
    });
  });
}

/** Claude Code's commands, with a `claude` that prints its arguments. */
function entriesOfCommands(page: string): readonly Entry[] {
  const commands = blocksOf(page, "sh").filter((block) => block.includes("claude mcp add"));
  return commands.map((block) => {
    const script = `claude() { [ "$2" != add ] || printf '%s\\n' "$@"; }\n${block}`;
    const environment = { ...process.env, MEMLANE_API_KEY: apiKey };
    const args = execFileSync("bash", ["-c", script], { encoding: "utf8", env: environment }).split("\n");
    const after = (flag: string) => args[args.indexOf(flag) + 1]!;
    const [name, value] = after("--header").split(": ");
    const [variable] = after("--env").split("=");
    return entry.parse(
      after("--transport") === "http"
        ? { url: args.find((word) => word.startsWith("http://")), headers: { [name!]: value } }
        : {
            command: after("--"),
            args: args.slice(args.indexOf("--") + 2, -1),
            env: { [variable!]: apiKey },
          },
    );
  });
}

/** n8n's fields, whose expressions see what its trigger and its agent say. */
function entriesOfN8n(page: string): readonly Entry[] {
  const [, endpoint] = /`(http:\S*\/mcp\?.*?)`/.exec(page)!;
  return [{ url: evaluate(endpoint!), headers: { authorization: `Bearer ${apiKey}` } }];
}

const messageToN8n = {
  metadata: { userId: "ann & ben" },
  sessionId: "session-1",
  chatInput: 'I live in "Oslo",\nand I like tea.',
};

/** A text with expressions of n8n. */
function evaluate(template: string, json: object = messageToN8n): string {
  const item = (name: string) => {
    expect(name).toBe("When chat message received");
    return { item: { json: messageToN8n } };
  };
  return template.replaceAll(/\{\{(.*?)\}\}/gs, (_, expression: string) =>
    String(runInNewContext(expression, { $json: json, $: item })),
  );
}

function blocksOf(page: string, language: string): readonly string[] {
  return Array.from(
    page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs")),
    ([, block]) => block!,
  );
}

const readPage = (name: string) =>
  readFile(join(repository, `apps/docs/src/content/docs/agents/${name}.mdx`), "utf8");

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ apiKey });
});
afterAll(() => server.stop());

test.each([
  { page: "claude-code", entriesOf: entriesOfCommands, count: 2 },
  { page: "claude-desktop", entriesOf: entriesOfJson, count: 1 },
  { page: "cursor", entriesOf: entriesOfJson, count: 2 },
  { page: "codex", entriesOf: entriesOfToml, count: 2 },
  { page: "vs-code", entriesOf: entriesOfJson, count: 2 },
  { page: "n8n", entriesOf: entriesOfN8n, count: 1 },
])(
  "$page: the page starts with a server, and its lines connect to it",
  async ({ page, entriesOf, count }) => {
    const content = await readPage(page);
    expect(content).toContain("<AgentServer />");
    const entries = entriesOf(content);
    expect(entries).toHaveLength(count);
    for (const each of entries) {
      const names = await ("url" in each ? listToolsOverHttp(each) : listToolsOfProcess(each));
      expect(names).toContain("add_memory");
    }
  },
);

test("n8n: the request after the agent stores a conversation whose words need escapes", async () => {
  const [block] = blocksOf(await readPage("n8n"), "text");
  const body = evaluate(block!.trim(), { output: 'Noted: "Oslo".' });
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const answer = await fetch(`${server.url}/v1/memories`, { method: "POST", headers, body });
  expect([answer.status, await answer.json()]).toMatchObject([202, { status: "pending" }]);
});

/** Replaces the page's address and the variables by those of the test. */
const inTest = (value: string) =>
  value
    .replace("http://127.0.0.1:8787", server.url)
    .replace("${env:MEMLANE_BASE_URL}", server.url)
    .replace(/\$\{(?:env:MEMLANE_API_KEY|input:memlane-key)\}|…/, apiKey);

const inTestAll = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, inTest(value)]));

const listTools = { jsonrpc: "2.0", id: 1, method: "tools/list" };
const toolList = z.object({ result: z.object({ tools: z.array(z.object({ name: z.string() })) }) });
const namesOf = (answer: string) => toolList.parse(JSON.parse(answer)).result.tools.map(({ name }) => name);

async function listToolsOverHttp({ url, headers }: z.infer<typeof overHttp>): Promise<readonly string[]> {
  const accept = "application/json, text/event-stream";
  const answer = await fetch(inTest(url), {
    method: "POST",
    headers: { ...inTestAll(headers), accept, "content-type": "application/json" },
    body: JSON.stringify(listTools),
  });
  const events = await answer.text();
  return namesOf(/^data: (.*)$/m.exec(events)?.[1] ?? events);
}

async function listToolsOfProcess({ args, env }: z.infer<typeof asProcess>): Promise<readonly string[]> {
  // The server of the test is not at the default address.
  const environment = { MEMLANE_BASE_URL: server.url, ...inTestAll(env) };
  const child = spawn(process.execPath, [command, ...args], { env: environment, stdio: "pipe" });
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "t", version: "1" } };
  const messages = [
    { jsonrpc: "2.0", id: 0, method: "initialize", params },
    { jsonrpc: "2.0", method: "notifications/initialized" },
    listTools,
  ];
  child.stdin.end(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(stderr).toBe("");
  return namesOf(stdout.trim().split("\n").at(-1)!);
}
