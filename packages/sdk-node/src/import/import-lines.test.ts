import { MemlaneError } from "@memlane/core";
import { describe, expect, it } from "vitest";
import { createScriptedServer, type ServerScript } from "../../test/scripted-server.ts";
import { importLines, type ImportLinesOptions } from "./import-lines.ts";
import { splitLines } from "./split-lines.ts";
import type { ImportProgress, LineOutcome } from "./tally.ts";

const memory = (content: string) => ({ content });
const conversation = (id: string) => ({ id, messages: [{ role: "user", content: "Hi!" }] });
const dialogue = (id: string) => ({
  id,
  turns: [
    { speaker: "ann", text: "Hi!" },
    { speaker: "bob", text: "Hello!" },
  ],
});
const memories = (count: number) => Array.from({ length: count }, (_, index) => memory(`memory ${index}`));

async function run(
  lines: readonly (object | string)[],
  script: ServerScript = {},
  options: ImportLinesOptions = {},
) {
  const text = lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
  const server = createScriptedServer(script);
  const bytes = (async function* () {
    yield Buffer.from(text);
  })();
  const { client, runtime } = server;
  const { report } = await importLines(splitLines(bytes), { client, runtime }, { userId: "ann", ...options });
  return { ...server, report, byteLength: Buffer.byteLength(text) };
}

const batchSizes = (posts: readonly { readonly body: unknown }[]) =>
  posts.map(({ body }) => (body as { memories: unknown[] }).memories.length);

const unreadable = { code: "unreadable_line", retryable: false, job: null };

describe("importLines", () => {
  it("imports every kind of line and continues after broken ones", async () => {
    const lines = [memory("a"), "{", "", conversation("c1"), dialogue("c2"), { colour: "red" }, memory("b")];
    const { report, posts } = await run(lines);
    expect(report.counts).toEqual({
      lines: 6,
      jobs: 4,
      created: 3,
      updated: 0,
      imported: 2,
      failed: 2,
      unsent: 0,
    });
    expect(report.errors).toEqual([
      { line: 2, error: expect.stringContaining("is not JSON"), ...unreadable },
      { line: 6, error: "has none of content, messages and turns", ...unreadable },
    ]);
    expect(posts.map(({ path }) => path).toSorted()).toEqual([
      "/v1/batch",
      "/v1/memories",
      "/v1/memories",
      "/v1/memories",
    ]);
  });

  it("sends memories in batches of 500, at most 3 of them unfinished", async () => {
    const { report, posts, mostUnfinished } = await run(memories(2300), { readsToEnd: 50 });
    expect(batchSizes(posts)).toEqual([500, 500, 500, 500, 300]);
    expect(mostUnfinished).toEqual({ "/v1/batch": 3 });
    expect(report.counts).toMatchObject({ lines: 2300, jobs: 5, imported: 2300, failed: 0 });
  });

  it("has at most the allowed number of unfinished ingest jobs", async () => {
    const lines = Array.from({ length: 20 }, (_, index) => conversation(`c${index}`));
    const slow = { readsToEnd: 50 };
    expect((await run(lines, slow)).mostUnfinished).toEqual({ "/v1/memories": 8 });
    expect((await run(lines, slow, { concurrency: 2 })).mostUnfinished).toEqual({ "/v1/memories": 2 });
  });

  it("stops reading at the limit, which does not count blank lines", async () => {
    const { report } = await run(["", memory("a"), "", memory("b"), memory("c")], {}, { limit: 2 });
    expect(report.counts).toMatchObject({ lines: 2, imported: 2 });
  });

  it("reports the line of each item that fails", async () => {
    const judgeItem = ({ content }: { content: string }) =>
      content === "" ? "content must not be empty" : undefined;
    const { report } = await run([memory("a"), "", memory(""), memory("b")], { judgeItem });
    expect(report.counts).toMatchObject({ imported: 2, failed: 1 });
    expect(report.errors).toEqual([
      { line: 3, error: "content must not be empty", code: null, retryable: null, job: "job_0" },
    ]);
  });

  it("accounts for every line and every byte", async () => {
    const seen: ImportProgress[] = [];
    const lines = [...memories(700), "{", "", dialogue("c1"), conversation("c2")];
    const { byteLength } = await run(lines, {}, { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)?.settledLines).toBeCloseTo(703);
    expect(seen.at(-1)?.settledBytes).toBeCloseTo(byteLength);
    expect(seen.map(({ settledBytes }) => settledBytes)).toEqual(
      seen.map(({ settledBytes }) => settledBytes).toSorted((a, b) => a - b),
    );
  });
});

describe("the outcome of each line", () => {
  it("is reported in the order of the lines, whichever finishes first", async () => {
    const outcomes: LineOutcome[] = [];
    const judgeItem = ({ content }: { content: string }) => (content === "" ? "is empty" : undefined);
    const lines = [...memories(499), memory(""), ...memories(600), "{", conversation("c1")];
    await run(lines, { judgeItem }, { onOutcome: (outcome) => outcomes.push(outcome) });
    expect(outcomes.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
    expect(outcomes.filter(({ outcome }) => outcome !== "landed")).toMatchObject([
      { line: 500, outcome: "failed", error: "is empty", job: "job_0" },
      { line: 1101, outcome: "failed", code: "unreadable_line", job: null },
    ]);
    expect(outcomes.at(-1)).toMatchObject({ outcome: "landed", line: 1102 });
  });

  it("is unknown if the server no longer knows the job", async () => {
    const outcomes: LineOutcome[] = [];
    await run(
      [memory("a"), memory("b")],
      { forgets: true },
      { onOutcome: (outcome) => outcomes.push(outcome) },
    );
    expect(outcomes).toMatchObject([
      { line: 1, outcome: "unknown", job: "job_0" },
      { line: 2, outcome: "unknown", job: "job_0" },
    ]);
  });
});

describe("a request that is not accepted", () => {
  it("waits while the server is busy", async () => {
    const waits: string[] = [];
    const { report, posts } = await run(
      [memory("a")],
      { judge: (_, number) => (number < 4 ? { status: 429, code: "too_many_batches" } : "accept") },
      { onWait: ({ message }) => waits.push(message) },
    );
    expect(posts).toHaveLength(5);
    expect(waits).toEqual(Array(4).fill("too_many_batches"));
    expect(report.counts).toMatchObject({ imported: 1, failed: 0 });
  });

  it("waits for a quarter of an hour and then ends the import, so that it can continue later", async () => {
    const { report, runtime } = await run([memory("a"), memory("b")], {
      judge: () => ({ status: 503, code: "writes_paused" }),
    });
    expect(report.counts).toMatchObject({ lines: 2, jobs: 0, failed: 0, unsent: 2 });
    expect(report).toMatchObject({ halted: { code: "writes_paused" }, isComplete: false });
    expect(runtime.now()).toBeGreaterThan(14 * 60_000);
    expect(runtime.now()).toBeLessThanOrEqual(15 * 60_000);
  });

  it("is halved until the refused memory is alone", async () => {
    const { report, posts } = await run(memories(500), {
      judge: ({ body }) =>
        body?.includes('"memory 321"') ? { status: 422, code: "invalid_request" } : "accept",
    });
    expect(report.counts).toMatchObject({ imported: 499, failed: 1 });
    expect(report.errors).toEqual([
      { line: 322, error: "invalid_request", code: "invalid_request", retryable: false, job: null },
    ]);
    expect(posts.length).toBeLessThanOrEqual(19);
  });

  it("counts as failed if nothing helps, and does not stop the import", async () => {
    const { report } = await run([conversation("c1"), conversation("c2")], {
      judge: (_, number) => (number === 0 ? { status: 403, code: "agent_cap_exceeded" } : "accept"),
    });
    expect(report.counts).toMatchObject({ jobs: 1, failed: 1 });
    expect(report.errors).toMatchObject([{ line: 1, code: "agent_cap_exceeded", retryable: false }]);
  });

  it("is repeated with its own key if its answer was lost, and is stored once", async () => {
    const lost = new MemlaneError({ code: "network_error", message: "no answer" });
    // The first request is answered, because without any answer the import ends.
    const losesAnswers = (_: unknown, number: number) => (number === 1 ? lost : "accept");
    const { report, landed } = await run([memory("a"), conversation("c1")], {
      judge: losesAnswers,
      landsUnanswered: true,
    });
    expect(report).toMatchObject({ counts: { jobs: 2, failed: 0 }, isComplete: true });
    expect(landed.toSorted()).toEqual(["a", "c1"]);
  });

  it("is not repeated to a server without idempotency keys", async () => {
    const { report, posts } = await run(
      [conversation("c1")],
      { judge: () => ({ status: 500, code: "server_error" }) },
      { supportsIdempotency: false },
    );
    expect(posts).toHaveLength(1);
    expect(report.counts).toMatchObject({ failed: 1, jobs: 0 });
  });

  it("ends the import if every other line would fail too", async () => {
    const lines = Array.from({ length: 100 }, (_, index) => conversation(`c${index}`));
    const { report, posts } = await run(lines, { judge: () => ({ status: 401, code: "unauthorized" }) });
    expect(report.halted).toMatchObject({ code: "unauthenticated" });
    expect(report.counts).toMatchObject({ jobs: 0, failed: 0 });
    expect(report.counts.unsent).toBe(report.counts.lines);
    expect(posts.length).toBeLessThanOrEqual(8);
  });

  it("ends the import when there is no server", async () => {
    const lost = new MemlaneError({ code: "network_error", message: "no answer" });
    const { report } = await run([conversation("c1")], { judge: () => lost });
    expect(report.halted).toMatchObject({ code: "network_error", message: "no answer" });
  });

  it("rethrows an error that is not the server's", async () => {
    await expect(run([conversation("c1")], { judge: () => new TypeError("a bug") })).rejects.toThrow("a bug");
  });
});

describe("an import that is aborted", () => {
  it("stops sending, and reports the running jobs and the unsent lines", async () => {
    const controller = new AbortController();
    const lines = [...memories(500), memory("one more"), conversation("c1"), conversation("c2")];
    const { report, posts } = await run(
      lines,
      { onRead: (accepted) => void (accepted === 3 && controller.abort()), readsToEnd: Infinity },
      { signal: controller.signal, concurrency: 1 },
    );
    expect(posts).toHaveLength(3);
    expect(report.left).toEqual([
      { id: "job_0", kind: "batch", firstLine: 1, lastLine: 500 },
      { id: "job_1", kind: "batch", firstLine: 501, lastLine: 501 },
      { id: "job_2", kind: "ingest", firstLine: 502, lastLine: 502 },
    ]);
    expect(report.counts).toMatchObject({ jobs: 3, failed: 0, unsent: 1 });
    expect(report).toMatchObject({ isComplete: false, settledThrough: 0, halted: undefined });
  });

  it("waits for a request in progress, and reports its job", async () => {
    const controller = new AbortController();
    const { report } = await run(
      [conversation("c1")],
      {
        judge: () => {
          controller.abort();
          return "accept";
        },
      },
      { signal: controller.signal },
    );
    expect(report.left).toMatchObject([{ id: "job_0" }]);
  });

  it("treats the end of an aborted source as an abort", async () => {
    const { client, runtime } = createScriptedServer();
    const controller = new AbortController();
    const lines = (async function* () {
      yield { number: 1, byteLength: 3, text: "{}" };
      controller.abort();
      throw new Error("the stream was destroyed");
    })();
    const { report } = await importLines(lines, { client, runtime }, { signal: controller.signal });
    expect(report).toMatchObject({ isComplete: false, settledThrough: 0, halted: undefined });
  });
});
