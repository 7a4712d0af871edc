import { existsSync } from "node:fs";
import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { MemoryClient } from "../src/index.ts";
import { sendJson, startHttpServer } from "./http-server.ts";
import { runCli } from "./run-cli.ts";

const readOnlyKey = "a-key-that-only-reads";
let server: TestServer;
let client: MemoryClient;
let environment: Record<string, string>;

beforeAll(async () => {
  const keys = `org_test:a-key-for-all-of-it,org_test:${readOnlyKey}:memories:read`;
  server = await startTestServer({
    apiKey: "a-key-for-all-of-it",
    environment: {
      MEMLANE_BOOTSTRAP_KEYS: keys,
      MEMLANE_WORKER_CONCURRENCY: "1",
      MEMLANE_REQUESTS_PER_MINUTE: "1000",
    },
  });
  const { apiKey, orgId, url: baseUrl } = server;
  client = new MemoryClient({ apiKey, orgId, baseUrl });
  environment = { MEMLANE_BASE_URL: baseUrl, MEMLANE_API_KEY: apiKey, MEMLANE_ORG_ID: orgId };
});
afterAll(() => server.stop());

const run = (...args: string[]) => runCli(args, { environment });
const jsonLines = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const ingest = (content: string) =>
  client.memories.ingestAndWait({ messages: [{ role: "user", content }], user_id: "ann", conv_id: "c1" });

describe("memlane jobs", () => {
  it("lists jobs of both kinds, newest first, and filters by status and kind", async () => {
    const batch = await client.batch.createAndWait([{ content: "Likes tea." }, { content: "" }]);
    const job = await ingest("I live in Oslo.");

    const all = await run("jobs");
    expect(all.code).toBe(0);
    const [first, second] = all.stdout.split("\n");
    expect(first).toMatch(new RegExp(`^${job.id}  ingest  .* succeeded: 1 memory created, 0 updated$`));
    expect(second).toMatch(
      new RegExp(`^${batch.id}  batch   .* completed: 1 of 2 memories imported, 1 failed$`),
    );

    const batches = await run("jobs", "list", "--kind", "batch", "--json");
    expect(jsonLines(batches.stdout)).toEqual([batch]);
    const none = await run("jobs", "list", "--status", "failed");
    expect(none).toMatchObject({ code: 0, stdout: "", stderr: "There are no such jobs.\n" });
    const one = await run("jobs", "list", "--limit", "1", "--json");
    expect(jsonLines(one.stdout)).toEqual([job]);
  });

  it.runIf(existsSync("/dev/full"))(
    "reports in one line that the output cannot be written, for example on a full disk",
    async () => {
      await client.batch.createAndWait([{ content: "Likes tea." }]);
      const { code, stderr } = await runCli(["jobs"], { environment, output: "/dev/full" });
      expect(stderr).toMatch(/^memlane: cannot write to the standard output: .*no space left.*\n$/);
      expect(code).toBe(2);
    },
  );

  it("shows a job of either kind", async () => {
    const batch = await client.batch.createAndWait([{ content: "Likes tea." }, { content: "" }]);
    const shown = await run("jobs", "show", batch.id);
    expect(shown.stdout).toBe(
      "completed: 1 of 2 memories imported, 1 failed\n  item 1: content must not be empty\n",
    );
    expect(shown.code).toBe(0);
    const job = await ingest("I have a dog.");
    expect(jsonLines((await run("jobs", "show", job.id, "--json")).stdout)).toEqual([job]);

    const missing = await run("jobs", "show", "job_none");
    expect(missing).toMatchObject({ code: 2, stdout: "", stderr: "memlane: there is no job job_none\n" });
  });

  it.each([
    ["jobs", "lits"],
    ["jobs", "job_019a2f3c4d5e7f60a1b2c3d4e5f60718"],
    ["keys", "create"],
  ])("memlane %s reports the unknown command %s", async (command, word) => {
    const stderr = `error: unknown command '${word}'\n(--help shows how)\n`;
    expect(await run(command, word)).toEqual({ code: 2, stdout: "", stderr });
  });

  it("says when to try again after too many requests", async () => {
    const { baseUrl } = await startHttpServer((response) => {
      const json = { code: "rate_limit_exceeded", message: "this key may make 30 requests a minute" };
      sendJson(response, 429, json, { "retry-after": "57" });
    });
    const { code, stderr } = await runCli(["jobs", "--base-url", baseUrl, "--api-key", "key"]);
    expect(stderr).toMatch(/^memlane: this key may make 30 requests a minute.*\nTry again in 57 s\.\n$/);
    expect(code).toBe(2);
  });

  it("refuses an argument of `jobs list` instead of listing all jobs", async () => {
    const stderr = "error: unexpected argument 'failed'\n(--help shows how)\n";
    expect(await run("jobs", "list", "failed")).toEqual({ code: 2, stdout: "", stderr });
  });

  it("retries the failed items of a batch as a new job", async () => {
    const batch = await client.batch.createAndWait([{ content: "Likes tea." }, { content: "" }]);
    const { code, stdout } = await run("jobs", "retry", batch.id);
    expect(code).toBe(0);
    const [, id] = new RegExp(`^${batch.id} is retried as (job_[0-9a-f]{32})\n$`).exec(stdout)!;
    expect(await client.batch.pollUntilDone(id!)).toMatchObject({ received: 1, failed: 1 });
  });

  it("cancels jobs, and gives a reason for each that it cannot cancel", async () => {
    // A model that does not answer keeps its job running.
    const model = await startHttpServer(() => {});
    const slow = await startTestServer({
      environment: { MEMLANE_LLM_BASE_URL: model.baseUrl, MEMLANE_LLM_MODEL: "slow" },
    });
    onTestFinished(async () => void (await slow.stop()));
    const { apiKey, orgId, url: baseUrl } = slow;
    const there = new MemoryClient({ apiKey, orgId, baseUrl });
    const messages = [{ role: "user", content: "I live in Oslo." }];
    const running = await there.memories.ingest({ messages, user_id: "ann", conv_id: "c1" });
    const done = await there.batch.createAndWait([{ content: "Likes tea." }]);

    const { code, stdout, stderr } = await runCli(
      ["jobs", "cancel", running.id, done.id, "job_none", "--json"],
      { environment: { MEMLANE_BASE_URL: baseUrl, MEMLANE_API_KEY: apiKey, MEMLANE_ORG_ID: orgId } },
    );
    expect(jsonLines(stdout)).toMatchObject([
      { id: running.id, status: "failed", error: { reason: "cancelled" } },
    ]);
    expect(stderr).toContain(`memlane: ${done.id}: the job has ended already`);
    expect(stderr).toContain("memlane: job_none: ");
    expect(code).toBe(1);
  });

  it("lists the statuses that it accepts, and has an example in its help", async () => {
    const help = await run("jobs", "--help");
    expect(help.stdout).toContain("xargs memlane jobs retry");
    expect(help.code).toBe(0);
    const wrong = await run("jobs", "list", "--status", "done");
    expect(wrong.stderr).toContain("Allowed choices are pending");
    expect(wrong.code).toBe(2);
  });
});

describe("memlane search", () => {
  beforeAll(async () => void (await ingest("I live in Oslo. I have a dog called Rex.")));

  it("prints the memories that match, best first", async () => {
    const { code, stdout } = await run("search", "Where does the user live?", "--user-id", "ann");
    expect(stdout.split("\n")[0]).toMatch(/^\d+\.\d{3} {2}.*Oslo/);
    expect(code).toBe(0);
  });

  it("prints the whole answer as JSON, or the block for a prompt", async () => {
    const json = await run("search", "Oslo", "--user-id", "ann", "--limit", "1", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ object: "search", data: [{ user_id: "ann" }] });
    const context = await run("search", "Oslo", "--user-id", "ann", "--context");
    expect(context.stdout).toMatch(/^- .*Oslo/m);
  });

  it("exits with 1 if no memory matches, and with 2 without a user", async () => {
    const nothing = await run("search", "Oslo", "--user-id", "nobody");
    expect(nothing).toMatchObject({ code: 1, stdout: "", stderr: "No memory was found.\n" });
    const nobody = await run("search", "Oslo");
    expect(nobody).toMatchObject({ code: 2, stdout: "" });
    expect(nobody.stderr).toContain("--user-id");
  });
});

describe("memlane keys", () => {
  it("prints the scopes and the remaining requests of the key", async () => {
    const { code, stdout } = await run("keys");
    expect(stdout).toMatch(
      /^The server accepts the key\.\nIt has memories:read and memories:write\.\n\d+ of \d+ requests are left/,
    );
    expect(code).toBe(0);
    const reader = await run("keys", "check", "--json", "--api-key", readOnlyKey);
    expect(JSON.parse(reader.stdout)).toMatchObject({ accepted: true, scopes: ["memories:read"] });
  });

  it("exits with 1 if the server refuses the key, and with 2 if there is no server", async () => {
    const wrong = await run("keys", "check", "--json", "--api-key", "wrong");
    expect(JSON.parse(wrong.stdout)).toMatchObject({ accepted: false, code: "unauthenticated" });
    expect(wrong.code).toBe(1);
    const other = await run("keys", "--org-id", "other");
    expect(other.stdout).toContain("The server refuses the key");
    expect(other.code).toBe(1);
    const nowhere = await run("keys", "--base-url", "http://127.0.0.1:1");
    expect(nowhere).toMatchObject({ code: 2, stdout: "" });
  });

  it("has help that says how to create keys", async () => {
    expect((await run("keys", "--help")).stdout).toContain("memlane-server keys create");
  });
});

describe("memlane profile and memlane context", () => {
  it("show what is true about a user, and a text for a prompt", async () => {
    const given = { subject: "self", predicate: "works at", user_id: "gus", valid_from: "2026-01-15" };
    await client.facts.add({ ...given, object: "Acme" });
    await client.facts.add({ ...given, object: "Initech", tense: "past" });
    const { code, stdout } = await run("profile", "gus");
    expect([code, ...stdout.trimEnd().split("\n").toSorted()]).toEqual([
      0,
      "  self works at Acme  (since 2026-01-15)",
      "  self works at Initech  (past, by 2026-01-15)",
      "employment:",
    ]);
    expect(jsonLines((await run("profile", "gus", "--json")).stdout)).toMatchObject([{ total: 2 }]);
    expect(await run("profile", "nobody")).toMatchObject({
      code: 1,
      stdout: "",
      stderr: "Nothing is known about this user.\n",
    });
    const context = await run("context", "work", "--user-id", "gus", "--tokens", "100");
    expect(context).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^## Known facts\n.*- self works at Acme/s),
    });
    expect(await run("context", "work", "--user-id", "nobody")).toMatchObject({ code: 1, stdout: "" });
    expect(await run("context", "work", "--tokens", "9")).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("memlane trigger", () => {
  it("recalls the lessons of a conversation by exact identifiers", async () => {
    await client.memories.ingestAndWait({
      messages: [{ role: "user", content: "Always run check.sh before git push." }],
      user_id: "hal",
      conv_id: "c1",
      agentic: true,
    });
    const found = await run("trigger", "git push", "no match", "--user-id", "hal", "--task", "push it");
    expect(found).toMatchObject({ code: 0, stdout: "## Lessons\n- Always run check.sh before git push.\n" });
    const whole = await run("trigger", "git push", "--user-id", "hal", "--json");
    expect(jsonLines(whole.stdout)).toMatchObject([{ data: [{ details: { matched_on: ["git push"] } }] }]);
    const none = await run("trigger", "git pull", "--user-id", "hal");
    expect(none).toMatchObject({ code: 1, stdout: "", stderr: "No lesson was found.\n" });
    expect(await run("trigger", "git push")).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("memlane facts", () => {
  it("adds, lists, corrects and forgets facts", async () => {
    const added = await run("facts", "add", "self", "works at", "Acme", "--user-id", "fay", "--json");
    const [{ id }] = jsonLines(added.stdout);
    const corrected = await run("facts", "correct", id, "--object", "Acme Labs", "--json");
    const [right] = jsonLines(corrected.stdout);
    expect(right.invalidated).toEqual([id]);
    const listed = await run("facts", "--user-id", "fay");
    expect(listed.stdout).toMatch(
      new RegExp(`^${right.id}  self works at Acme Labs  \\(since \\d{4}-\\d\\d-\\d\\d\\)\n$`),
    );
    const late = await run("facts", "correct", id, "--object", "Globex");
    expect(late.code).toBe(1);
    expect(late.stderr).toContain(`${right.id} replaced it`);
    expect((await run("facts", "forget", right.id, "--at", "2026-01-01")).stdout).toContain("is forgotten");
    const none = await run("facts", "list", "--user-id", "fay");
    expect(none).toMatchObject({ code: 0, stdout: "", stderr: "There are no such facts.\n" });
    expect(await run("facts", "forget", `fct_${"0".repeat(32)}`)).toMatchObject({ code: 1, stdout: "" });
  });
});
