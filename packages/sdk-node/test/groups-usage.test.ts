import { beforeAll, describe, expect, it } from "vitest";
import { MemoryClient } from "../src/index.ts";
import { runCli } from "./run-cli.ts";
import { sharedServer } from "./shared-server.ts";

const server = sharedServer(import.meta.url);
let client: MemoryClient;
let environment: Record<string, string>;

beforeAll(() => {
  const { apiKey, orgId, url: baseUrl } = server;
  client = new MemoryClient({ apiKey, orgId, baseUrl });
  environment = { MEMLANE_BASE_URL: baseUrl, MEMLANE_API_KEY: apiKey, MEMLANE_ORG_ID: orgId };
}, 30_000);

const run = (...args: string[]) => runCli(args, { environment });

describe("memlane groups", () => {
  it("creates, lists, changes and archives a group, and searches in it", async () => {
    const created = await run("groups", "create", "Tools", "--prompt", "Software and tools", "--json");
    const { id } = JSON.parse(created.stdout);
    await client.memories.ingestAndWait({
      messages: [{ role: "user", content: "My favorite editor is Emacs." }],
      user_id: "ann",
      conv_id: "c",
      group_ids: [id],
    });
    expect((await run("search", "editor", "--group-id", id)).stdout).toContain("Emacs");
    const changed = await run("groups", "change", id, "--name", "Software");
    expect(changed.stdout).toBe(`${id}  active    Software: Software and tools\n`);
    expect((await run("groups", "archive", id)).stdout).toContain("archived");
    expect(await run("groups")).toMatchObject({ code: 0, stdout: "", stderr: "There are no groups.\n" });
    expect((await run("groups", "list", "--archived")).stdout).toContain(id);
  });
});

describe("memlane usage", () => {
  it("prints what was done, by day and by key", async () => {
    await client.memories.search({ query: "tea", user_id: "bob" });
    const { code, stdout } = await run("usage", "--daily", "--keys");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d{4}-\d\d {2}\d+ messages ingested, [1-9]\d* searches\nstored {3}\d+ memories/);
    expect(stdout).toContain(`${server.apiKey.slice(0, 8)}…`);
    expect(JSON.parse((await run("usage", "--json")).stdout)).toMatchObject({ object: "usage", daily: null });
  });
});
