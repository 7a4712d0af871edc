import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MemoryClient } from "../src/index.ts";
import { runCli } from "./run-cli.ts";

let server: TestServer;
let client: MemoryClient;
let environment: Record<string, string>;
let folder: string;
const copyKey = "a-key-for-the-copy";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "memlane-export-"));
  const apiKey = "a-key-for-all-of-it";
  server = await startTestServer({
    apiKey,
    environment: { MEMLANE_BOOTSTRAP_KEYS: `org_test:${apiKey},copy:${copyKey}` },
  });
  const { orgId, url: baseUrl } = server;
  client = new MemoryClient({ apiKey, orgId, baseUrl });
  environment = { MEMLANE_BASE_URL: baseUrl, MEMLANE_API_KEY: apiKey, MEMLANE_ORG_ID: orgId };
});
afterAll(() => Promise.all([server.stop(), rm(folder, { recursive: true })]));

const run = (args: string[], input = "", more: Record<string, string> = {}) =>
  runCli(args, { environment: { ...environment, ...more }, input });
const asCopy = { MEMLANE_API_KEY: copyKey, MEMLANE_ORG_ID: "copy" };

it("exports an organisation that another one imports, and whose own export is then the same", async () => {
  await client.batch.createAndWait([
    { content: "Green tea.", user_id: "ann", agent_id: "a1", metadata: { b: [1, { c: "ü" }], a: null } },
    { content: "Moved.\n\tTwice.", user_id: "bob", run_id: "r1", timestamp: "2026-03-01T14:30:00+02:00" },
    ...Array.from({ length: 498 }, (_, index) => ({ content: `Memory ${index}.` })),
  ]);
  await client.batch.createAndWait(
    Array.from({ length: 30 }, (_, index) => ({ content: `Later ${index}.` })),
  );
  await client.memories.ingestAndWait({
    messages: [
      { role: "user", content: "I live in Oslo.", dia_id: "d1", date: "2026-03-01T10:00:00Z" },
      { role: "assistant", content: "Noted." },
    ],
    user_id: "ann",
    conv_id: "c1",
    agent_id: "a2",
  });
  const exported = await run(["export"]);
  expect(exported).toMatchObject({ code: 0, stderr: "Exported 531 lines.\n" });
  const lines = exported.stdout.trimEnd().split("\n");
  expect(lines.slice(0, 2).map((line) => JSON.parse(line))).toEqual([
    { content: "Green tea.", user_id: "ann", agent_id: "a1", metadata: { b: [1, { c: "ü" }], a: null } },
    { content: "Moved.\n\tTwice.", user_id: "bob", run_id: "r1", timestamp: "2026-03-01T12:30:00.000Z" },
  ]);
  expect(JSON.parse(lines.at(-1)!)).toEqual({
    user_id: "ann",
    conv_id: "c1",
    agent_id: "a2",
    messages: [
      { role: "user", content: "I live in Oslo.", dia_id: "d1", date: "2026-03-01T10:00:00.000Z" },
      { role: "assistant", content: "Noted.", date: "2026-03-01T10:00:00.000Z" },
    ],
  });
  const file = join(folder, "export.jsonl");
  await writeFile(file, exported.stdout);
  expect((await run(["import", file], "", asCopy)).code).toBe(0);
  const again = await run(["export"], "", asCopy);
  expect(again.stdout.split("\n").toSorted()).toEqual(exported.stdout.split("\n").toSorted());
  const copy = new MemoryClient({ apiKey: copyKey, orgId: "copy", baseUrl: server.url });
  const { data } = await copy.memories.search({ query: "Where does ann live?", user_id: "ann" });
  expect(data.map(({ text }) => text)).toContainEqual(expect.stringContaining("Oslo"));
}, 60_000);

it("lists users, and erases one only after the name was typed, or with --yes", async () => {
  const listed = await run(["users"]);
  expect(listed.stdout).toMatch(
    /^\S+Z {2}1 memories {2}1 facts {2}1 episodes {2}ann\n\S+Z {2}1 memories {2}0 facts {2}0 episodes {2}bob\n$/,
  );
  const json = await run(["users", "--agent-id", "a2", "--json"]);
  expect(JSON.parse(json.stdout)).toMatchObject({ user_id: "ann", memories: 0, facts: 1, episodes: 1 });

  for (const input of ["", "bob\n"]) {
    const refused = await run(["erase", "--user-id", "ann"], input);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain("all memories, facts and messages of the user ann for good");
  }
  expect((await run(["erase"])).stderr).toBe("memlane: set either --user-id or --agent-id\n");
  const typed = await run(["erase", "--user-id", "ann"], "ann\n");
  expect(typed.stdout).toMatch(/^Erased 1 memories and 1 facts of the user ann \(aud_\w{32}\)\.\n$/);
  const receipt = JSON.parse((await run(["erase", "--user-id", "bob", "--yes", "--json"])).stdout);
  expect(receipt).toMatchObject({ user_id: "bob", memories_deleted: 1, erasure: "permanent" });
  expect((await run(["users"])).stderr).toBe("There are no users.\n");
  const { events } = await client.audit({ action: "erase" });
  expect(events.map(({ user_id }) => user_id)).toEqual(["bob", "ann"]);
});

it("lists agents, refuses to erase an unknown one, and checks the key", async () => {
  await client.memories.create({ content: "Of an agent.", agent_id: "a/b" });
  expect(await client.agents.listPage()).toMatchObject({ agents: [{ agent_id: "a/b" }], cap: 0, used: 1 });
  expect(await client.agents.erase("a/b")).toMatchObject({ memories_deleted: 1, slot_freed: true });
  await expect(client.agents.erase("a/b")).rejects.toMatchObject({ code: "not_found" });
  expect(await client.ping()).toMatchObject({ ok: true, scopes: ["memories:read", "memories:write"] });
});
