import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MemoryClient } from "../src/index.ts";
import { sendJson, startHttpServer, unusedAddress } from "./http-server.ts";
import { runCli } from "./run-cli.ts";
import { sharedServer } from "./shared-server.ts";

let folder: string;
const server = sharedServer(import.meta.url);
let connection: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "memlane import "));
  connection = ["--base-url", server.url, "--api-key", server.apiKey, "--org-id", server.orgId];
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function fileOf(name: string, lines: readonly (object | string)[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(
    path,
    lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
  );
  return path;
}

const dialogue = {
  id: "talk",
  turns: [
    { speaker: "ann", text: "I have a cat." },
    { speaker: "bob", text: "I work as a baker." },
  ],
};

describe("memlane import", () => {
  it("imports every kind of line, lists the broken ones and exits with 1", async () => {
    const file = await fileOf("mixed.jsonl", [
      { content: "Likes tea.", user_id: "ann" },
      "not JSON",
      "",
      { content: "", user_id: "ann" },
      { messages: [{ role: "user", content: "I moved to Oslo." }], user_id: "ann", conv_id: "c1" },
      dialogue,
      { colour: "red" },
      { content: "a NUL: \u0000" },
    ]);
    const { code, stdout, stderr } = await runCli(["import", file, ...connection]);
    // On a slow machine, lines of progress come first.
    expect(stderr).toMatch(
      /^ {2}line 2: is not JSON: .*\n {2}line 4: content must not be empty \(job_\w+\)\n/m,
    );
    expect(stderr).toContain("  line 7: has none of content, messages and turns\n");
    expect(stderr).not.toContain("line 8"); // the server replaces the NUL
    expect(stdout).toMatch(
      /^Read 7 lines, 4 jobs, \d+ memories created, 2 memories imported, 3 failed in \d+\.\d s\n$/,
    );
    expect(code).toBe(1);

    const { apiKey, orgId, url: baseUrl } = server;
    const { memories } = new MemoryClient({ apiKey, orgId, baseUrl });
    const textsOf = async (user_id: string) =>
      (await memories.listPage({ user_id })).data.map(({ text }) => text).join("\n");
    expect(await textsOf("ann")).toMatch(/tea[^]*Oslo|Oslo[^]*tea/);
    expect(await textsOf("talk:ann")).toContain("cat");
    expect(await textsOf("talk:bob")).toContain("baker");
  });

  it("reads the standard input, uses the environment's settings and reports as JSON", async () => {
    const environment = {
      MEMLANE_BASE_URL: server.url,
      MEMLANE_API_KEY: server.apiKey,
      MEMLANE_ORG_ID: server.orgId,
    };
    const input = '{"content":"One."}\n{"content":"Two."}\n{"content":"Three."}\n';
    const args = ["import", "-", "--limit", "2", "--user-id", "carl", "--json"];
    const { code, stdout, stderr } = await runCli(args, { environment, input });
    expect(JSON.parse(stdout)).toMatchObject({ ending: "done", lines: 2, jobs: 1, imported: 2, errors: [] });
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });

  it("waits while there are too many batches", async () => {
    const { baseUrl } = await startHttpServer((response, { method }, number) => {
      if (number === 0)
        return sendJson(response, 429, { code: "too_many_batches", message: "3 are unfinished" });
      const job = { id: "job_1", status: "completed", received: 1, imported: 1, failed: 0 };
      sendJson(response, method === "POST" ? 202 : 200, job);
    });
    const args = ["import", "-", "--base-url", baseUrl, "--api-key", "key"];
    const { code, stdout, stderr } = await runCli(args, { input: '{"content":"One."}' });
    expect(stderr).toBe("Waiting: 3 are unfinished\n");
    expect(stdout).toContain("1 memory imported");
    expect(code).toBe(0);
  });

  it("stores each line once if it is killed and run again", async () => {
    const lines = Array.from({ length: 6000 }, (_, number) => ({
      content: `Memory ${number}.`,
      user_id: "twice",
    }));
    const file = await fileOf("killed.jsonl", lines);
    const records = async () =>
      (await readFile(`${file}.memlane-import`, "utf8").catch(() => "")).split("\n").length;
    const killed = await runCli(["import", file, ...connection], {
      onStart: async (child) => {
        while ((await records()) < 4 && child.exitCode === null) await sleep(5);
        child.kill("SIGKILL");
      },
    });
    expect(killed).toMatchObject({ code: null, stdout: "" });

    const { code, stdout } = await runCli(["import", file, "--json", ...connection]);
    expect(JSON.parse(stdout)).toMatchObject({ lines: 6000, imported: 6000, failed: 0, ending: "done" });
    expect(code).toBe(0);
    const { apiKey, orgId, url: baseUrl } = server;
    const { memories } = new MemoryClient({ apiKey, orgId, baseUrl });
    const texts: string[] = [];
    for await (const { text } of memories.list({ user_id: "twice", limit: 500 })) texts.push(text);
    expect(texts.toSorted()).toEqual(lines.map(({ content }) => content).toSorted());
    await expect(stat(`${file}.memlane-import`)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("stops at Ctrl-C and lists the jobs that continue on the server", async () => {
    let interrupt = () => {};
    const { baseUrl, seen } = await startHttpServer((response, { method, path }) => {
      const job = path.includes("batch")
        ? { id: "job_b", status: "processing", received: 1, imported: 0, failed: 0 }
        : { id: "job_i", status: "running", created_at: "2026-01-01T00:00:00Z" };
      sendJson(response, method === "POST" ? 202 : 200, job);
      if (seen.filter((request) => request.method === "GET").length === 2) interrupt();
    });
    const input = `{"content":"One."}\n{"id":"c1","messages":[{"role":"user","content":"Hi!"}]}\n`;
    const args = ["import", "-", "--base-url", baseUrl, "--api-key", "key", "--user-id", "ann"];
    const { code, stdout, stderr } = await runCli(args, {
      input,
      onStart: (child) => (interrupt = () => void child.kill("SIGINT")),
    });
    expect(stderr).toContain("2 jobs still running on the server; to watch:\n");
    expect(stderr).toContain("  line 2: memlane watch job_i\n");
    expect(stderr).toContain("  line 1: memlane watch job_b --batch\n");
    expect(stdout).toMatch(/^Stopped after 2 lines, 2 jobs in /);
    expect(code).toBe(130);
  });

  it.each([
    ["an unknown flag", ["import", "-", "--colour"], "unknown option '--colour'"],
    ["a limit of 0", ["import", "-", "--limit", "0"], "It must be a whole number"],
    ["no file", ["import"], "missing required argument 'file'"],
    ["a misspelled command", ["improt"], "(Did you mean import?)"],
    ["no key", ["import", "-"], "no API key"],
    ["an invalid base URL", ["import", "-", "--api-key", "key", "--base-url", "here"], "baseUrl must be"],
    [
      "a missing file",
      ["import", "nowhere.jsonl", "--api-key", "key"],
      "cannot read nowhere.jsonl: no such file",
    ],
    ["a folder", ["import", ".", "--api-key", "key"], "cannot read .: it is a folder"],
  ])("exits with 2 for %s", async (_, args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("exits with 2 if it cannot start, and says what to do", async () => {
    const input = `${JSON.stringify(dialogue)}\n`;
    const address = await unusedAddress();
    const noServer = await runCli(["import", "-", "--base-url", `http://${address}`, "--api-key", "key"], {
      input,
    });
    expect(noServer).toMatchObject({ code: 2, stdout: "" });
    // No request id: the server was never reached, so its log does not have the request.
    expect(noServer.stderr).toContain(`no answer, connect ECONNREFUSED ${address}\nIs the server running?`);

    const wrongKey = await runCli(["import", "-", ...connection, "--api-key", "wrong"], { input });
    expect(wrongKey).toMatchObject({ code: 2, stdout: "" });
    expect(wrongKey.stderr).toContain("Check the key in --api-key");
  });

  it("keeps no checkpoint if the server accepted nothing, so the next run may use other flags", async () => {
    const file = await fileOf("first-try.jsonl", [{ content: "One.", user_id: "ann" }, dialogue]);
    const address = await unusedAddress();
    const firstTries = [
      { args: ["--base-url", `http://${address}`], advice: "Is the server running?" },
      { args: ["--api-key", "wrong"], advice: "Check the key in --api-key" },
      { args: ["--org-id", "another"], advice: "the API key belongs to another organisation" },
    ];
    for (const { args, advice } of firstTries) {
      const { code, stderr } = await runCli(["import", file, ...connection, ...args]);
      expect(stderr).toContain(advice);
      expect(stderr).not.toContain("Run the same command again");
      expect(code).toBe(2);
      await expect(stat(`${file}.memlane-import`)).rejects.toMatchObject({ code: "ENOENT" });
    }
    expect(await runCli(["import", file, ...connection])).toMatchObject({ code: 0 });
  });

  it("needs no organisation, because the key has one", async () => {
    const file = await fileOf("no-organisation.jsonl", [
      { content: "Lives by the sea.", user_id: "una" },
      { messages: [{ role: "user", content: "I moved to Oslo." }], user_id: "una", conv_id: "c1" },
    ]);
    const { url: baseUrl, apiKey } = server;
    const imported = await runCli(["import", file, "--base-url", baseUrl, "--api-key", apiKey]);
    expect(imported).toMatchObject({ code: 0 });
    const { data } = await new MemoryClient({ apiKey, baseUrl }).memories.listPage({ user_id: "una" });
    expect(data.filter(({ text }) => text === "Lives by the sea.")).toHaveLength(1);
  });
});
