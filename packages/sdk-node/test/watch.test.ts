import { startTestServer, type TestServer } from "@memlane/server/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MemoryClient } from "../src/index.ts";
import { sendJson, startHttpServer } from "./http-server.ts";
import { runCli } from "./run-cli.ts";

let server: TestServer;
let client: MemoryClient;
let connection: string[];

beforeAll(async () => {
  server = await startTestServer();
  const { apiKey, orgId, url: baseUrl } = server;
  client = new MemoryClient({ apiKey, orgId, baseUrl });
  connection = ["--base-url", baseUrl, "--api-key", apiKey, "--org-id", orgId];
});
afterAll(() => server.stop());

describe("memlane watch", () => {
  it("shows a conversation until its memories are stored", async () => {
    const messages = [{ role: "user", content: "I live in Oslo." }];
    const { id } = await client.memories.ingest({ messages, user_id: "ann", conv_id: "c1" });
    const { code, stdout } = await runCli(["watch", id, ...connection]);
    expect(stdout).toMatch(/succeeded: 1 memory created, 0 updated\n {2}\+ .*Oslo/);
    expect(code).toBe(0);
  });

  it.each([[[]], [["--batch"]]])("shows a batch, with %j", async (flags) => {
    const { id } = await client.batch.create([{ content: "Likes tea." }, { content: "" }]);
    const { code, stdout } = await runCli(["watch", id, ...flags, ...connection]);
    expect(stdout).toMatch(
      /completed: 1 of 2 memories imported, 1 failed\n {2}item 1: content must not be empty\n$/,
    );
    expect(code).toBe(0);
  });

  it("prints the job as JSON whenever it changes, and exits with 1 if it fails", async () => {
    const job = { id: "job_1", created_at: "2026-01-01T00:00:00Z" };
    const error = { type: "server_error", code: "ingest_failed", message: "no model" };
    const { baseUrl } = await startHttpServer((response, _, number) => {
      const states = [{ status: "pending" }, { status: "running" }, { status: "running" }];
      sendJson(response, 200, { ...job, ...(states[number] ?? { status: "failed", error }) });
    });
    const { code, stdout } = await runCli([
      "watch",
      "job_1",
      "--json",
      "--base-url",
      baseUrl,
      "--api-key",
      "key",
    ]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).status)).toEqual(["pending", "running", "failed"]);
    expect(JSON.parse(lines[2]!).error).toEqual(error);
    expect(code).toBe(1);
  });

  it("exits with 2 if the job does not exist", async () => {
    const { code, stdout, stderr } = await runCli(["watch", "job_none", ...connection]);
    expect(stdout).toBe("");
    expect(stderr).toBe("memlane: there is no job job_none\n");
    expect(code).toBe(2);
  });

  it("does not cancel the job at Ctrl-C", async () => {
    let interrupt = () => {};
    const { baseUrl } = await startHttpServer((response) => {
      sendJson(response, 200, { id: "job_1", status: "running", created_at: "2026-01-01T00:00:00Z" });
      interrupt();
    });
    const { code, stderr } = await runCli(["watch", "job_1", "--base-url", baseUrl, "--api-key", "key"], {
      onStart: (child) => (interrupt = () => void child.kill("SIGINT")),
    });
    expect(stderr).toBe("job_1 continues on the server.\n");
    expect(code).toBe(130);
  });
});
