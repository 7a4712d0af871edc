// The watch in a real browser with web security on, over CORS, with the real server.
import { createdBatchJobWire, createdIngestJobWire } from "@memlane/core/internal";
import { describe, expect, inject, it, onTestFinished, vi } from "vitest";
import { watchJob, type Fetch, type JobSnapshot, type JobWatch } from "../src/index.ts";

const { url: baseUrl, apiKey } = inject("server");
const notWatched = () => {};

/** Creates a job like the page's backend, and gets a token with it. */
async function post(path: string, body: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const response = await fetch(`${baseUrl}${path}?token=true`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(202);
  return response.json();
}

interface Given {
  readonly id: string;
  readonly token: string;
}

const createBatch = async (contents: readonly string[]): Promise<Given> => {
  const memories = contents.map((content) => ({ content }));
  const { id, token = "" } = createdBatchJobWire.parse(await post("/v1/batch", { memories }));
  return { id, token };
};

const ingest = async (content: string): Promise<Given> => {
  const conversation = { messages: [{ role: "user", content }], user_id: "ada", conv_id: "c1" };
  const { id, token = "" } = createdIngestJobWire.parse(await post("/v1/memories", conversation));
  return { id, token };
};

/** Subscribes until the watch ends or fails, and resolves with every snapshot. */
function snapshotsOf<Job>(watch: JobWatch<Job>): Promise<readonly JobSnapshot<Job>[]> {
  const seen = [watch.getSnapshot()];
  return new Promise((resolve) => {
    const leave = watch.subscribe(() => {
      const snapshot = watch.getSnapshot();
      seen.push(snapshot);
      if (snapshot.phase !== "ended" && snapshot.phase !== "failed") return;
      leave();
      resolve(seen);
    });
  });
}

/** The real fetch, which records its requests and answers. */
function recordingFetch() {
  const requests: Request[] = [];
  const answers: Promise<Response>[] = [];
  const record: Fetch = (request) => {
    requests.push(request);
    const answer = fetch(request);
    answers.push(answer);
    return answer;
  };
  return { fetch: record, requests, answers };
}

/** No event shows that nothing is sent. A request is sent only after the tab gets its lock, so this waits a while. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 500));

describe("watchJob", () => {
  it("follows a batch to its end and shows its counters", async () => {
    const content = "I like it. ".repeat(150);
    // The server runs one job at a time, so the watched job waits for this one and is read while it waits.
    await createBatch(Array(500).fill(content));
    const { id, token } = await createBatch([...Array(499).fill(content), ""]);
    const snapshots = await snapshotsOf(watchJob({ id, token, baseUrl, dialect: "batch" }));

    const [first, second, ...others] = snapshots;
    expect(first).toEqual({ phase: "waiting" });
    expect(second).toMatchObject({ phase: "progress", job: { received: 500, imported: 0, failed: 0 } });
    expect(others.at(-1)).toMatchObject({
      phase: "ended",
      job: { id, status: "completed", received: 500, imported: 499, failed: 1, errors: [{ index: 499 }] },
    });
    const done = others.map((snapshot) => ("job" in snapshot ? (snapshot.job?.imported ?? 0) : 0));
    expect(done).toEqual(done.toSorted((a, b) => a - b));
  }, 60_000);

  it("follows a conversation to its end and shows its memories", async () => {
    const { id, token } = await ingest("I live in Paris.");
    const snapshots = await snapshotsOf(watchJob({ id, token, baseUrl }));
    expect(snapshots.at(-1)).toMatchObject({
      phase: "ended",
      job: {
        id,
        status: "succeeded",
        result: { memories_created: [{ type: "fact" }, { type: "episode" }] },
        error: null,
      },
    });
  });

  it("fails at once when the token is refused, and tries again for the next subscriber", async () => {
    const { id, token } = await createBatch(["tea"]);
    const { fetch, requests } = recordingFetch();
    const forged = `${token.slice(0, -4)}AAAA`;
    const watch = watchJob({ id, token: forged, baseUrl, dialect: "batch", fetch });
    const failed = {
      phase: "failed",
      error: { code: "unauthenticated", status: 401, wireCode: "unauthorized", jobId: id, retryable: false },
      job: undefined,
    };
    expect(await snapshotsOf(watch)).toMatchObject([{ phase: "waiting" }, failed]);
    expect(requests).toHaveLength(1);
    expect(await snapshotsOf(watch)).toMatchObject([failed, failed]);
    expect(requests).toHaveLength(2);
  });

  it.each([
    ["is not there", "job_00000000000070008000000000000000", "ingest"],
    ["is another than the token's", undefined, "batch"],
  ] as const)("fails for a job that %s", async (_, absent, dialect) => {
    const { token } = await createBatch(["tea"]);
    const id = absent ?? (await createBatch(["milk"])).id;
    const snapshots = await snapshotsOf<unknown>(watchJob({ id, token, baseUrl, dialect }));
    expect(snapshots.at(-1)).toMatchObject({
      phase: "failed",
      error: { code: "job_not_found", status: 404 },
    });
  });

  it("fails for a job of the other dialect", async () => {
    const { id, token } = await createBatch(["tea"]);
    const snapshots = await snapshotsOf(watchJob({ id, token, baseUrl, dialect: "ingest" }));
    expect(snapshots.at(-1)).toMatchObject({ phase: "failed", error: { code: "job_not_found" } });
  });

  it("fails after `timeoutMs` if the server cannot be reached", async () => {
    const { token } = await createBatch(["tea"]);
    const watch = watchJob({ id: "job_1", token, baseUrl: "http://127.0.0.1:65535", timeoutMs: 300 });
    expect(await snapshotsOf(watch)).toMatchObject([
      { phase: "waiting" },
      { phase: "failed", error: { code: "timeout", cause: { code: "network_error" } } },
    ]);
  });

  it("refuses options that cannot work", () => {
    const options = { id: "job_1", token: "e30.e30.c2ln", baseUrl };
    expect(() => watchJob(options)).not.toThrow();
    for (const wrong of [
      { id: "" },
      { token: apiKey },
      { token: "" },
      { token: "two words" },
      { baseUrl: "" },
      { baseUrl: "ftp://files.test" },
    ]) {
      expect(() => watchJob({ ...options, ...wrong })).toThrow(TypeError);
    }
  });

  it("sends nothing before the first subscriber, nor after the job has ended", async () => {
    const { id, token } = await createBatch(["tea"]);
    const { fetch, requests } = recordingFetch();
    const watch = watchJob({ id, token, baseUrl, dialect: "batch", fetch });
    await aWhile();
    expect(requests).toHaveLength(0);
    const ended = (await snapshotsOf(watch)).at(-1);

    const sent = requests.length;
    onTestFinished(watch.subscribe(notWatched));
    dispatchEvent(new Event("online"));
    await aWhile();
    expect(watch.getSnapshot()).toBe(ended);
    expect(requests).toHaveLength(sent);
  });

  it("aborts its request when the last subscriber leaves", async () => {
    const { id, token } = await createBatch(["tea"]);
    const { fetch, requests, answers } = recordingFetch();
    const watch = watchJob({ id, token, baseUrl, dialect: "batch", fetch });
    const leaveFirst = watch.subscribe(notWatched);
    const leaveLast = watch.subscribe(notWatched);
    await vi.waitUntil(() => requests.length === 1, { interval: 1 });

    leaveFirst();
    expect(requests[0]?.signal.aborted).toBe(false);
    leaveLast();
    expect(requests[0]?.signal.aborted).toBe(true);
    await expect(answers[0]).rejects.toThrow();
    expect(watch.getSnapshot()).toEqual({ phase: "waiting" });
  });

  it("shares one connection with the other watches of the job in the page", async () => {
    const { id, token } = await createBatch(["tea"]);
    const { fetch, requests } = recordingFetch();
    const watches = [1, 2, 3].map(() => watchJob({ id, token, baseUrl, dialect: "batch", fetch }));
    for (const watch of watches) onTestFinished(watch.subscribe(notWatched));
    for (const watch of watches)
      await vi.waitUntil(() => watch.getSnapshot().phase === "ended", { timeout: 10_000 });
    // Without sharing, there would be at least three. On a busy machine the first event may be late, which costs one more.
    expect(requests.length).toBeLessThanOrEqual(2);
  });
});
