import { defaultPollPolicy, type MemlaneError } from "@memlane/core";
import { batchJobs } from "@memlane/core/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { errorOfAnswer } from "./error-of-answer.ts";
import { followJob } from "./follow-job.ts";
import { dialects } from "./dialects.ts";
import type { Send } from "./send.ts";

const { pending, processing, completed } = batchJobs;
const { id } = completed;
const eventsPath = `/v1/jobs/${id}/events`;
const jobPath = `/v1/batch/${id}`;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A stream that sends these texts, each after a delay, and then ends or stays silent. */
function stream(
  said: readonly (readonly [afterMs: number, text: string])[],
  { isOpen = false } = {},
): Response {
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      for (const [afterMs, text] of said) {
        if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
        controller.enqueue(new TextEncoder().encode(text));
      }
      if (!isOpen) controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
}
const event = (job: { readonly status: string }) =>
  `event: job\ndata: ${JSON.stringify(job)}\nid: ${job.status}\n\n`;
const missing = () =>
  Response.json({ code: "not_found", message: "there is no such route" }, { status: 404 });

type Answer = () => Response | Promise<Response>;

/** Follows a batch on a server that gives these answers, in this order. */
async function follow(answers: readonly Answer[], { timeoutMs = 60_000 } = {}) {
  const requests: {
    readonly path: string;
    readonly headers: object;
    readonly atMs: number;
    signal: AbortSignal;
  }[] = [];
  const startMs = Date.now();
  const send: Send = async (path, headers, signal) => {
    requests.push({ path, headers, atMs: Date.now() - startMs, signal });
    const response = await (answers[requests.length - 1] ?? (() => new Promise<Response>(() => {})))();
    if (response.ok || response.status === 304) return response;
    throw errorOfAnswer(response, await response.text());
  };
  const seen: string[] = [];
  const policy = { ...defaultPollPolicy, timeoutMs, timeoutFrom: "lastAnswer" } as const;
  const { signal } = new AbortController();
  let error: MemlaneError | undefined;
  const following = (async () => {
    for await (const { status } of followJob(send, dialects.batch, id, policy, signal)) seen.push(status);
  })().catch((cause: unknown) => (error = cause as MemlaneError));
  let isOver = false;
  void following.finally(() => (isOver = true));
  while (!isOver) await vi.advanceTimersByTimeAsync(25);
  return { requests, paths: requests.map(({ path }) => path), seen, error };
}

describe("a server that has events", () => {
  it("is opened once, and closed after the end", async () => {
    const said = [
      [0, event(pending)],
      [15_000, ":\n\n"],
      [15_000, ":\n\n"],
      [0, event(processing)],
      [1000, event(completed)],
    ] as const;
    const { paths, seen, requests } = await follow([() => stream(said, { isOpen: true })]);
    expect(seen).toEqual(["pending", "processing", "completed"]);
    expect(paths).toEqual([eventsPath]);
    expect(requests[0]?.signal.aborted).toBe(true);
  });

  it("is opened again after its last event if it breaks", async () => {
    const { requests, seen } = await follow([
      () => stream([[0, event(pending)]]),
      () => stream([[2000, event(completed)]]),
    ]);
    expect(seen).toEqual(["pending", "completed"]);
    expect(requests).toMatchObject([
      { path: eventsPath, headers: { accept: "text/event-stream" } },
      { path: eventsPath, headers: { "last-event-id": "pending" } },
    ]);
  });

  it("is opened again with growing delays if it always breaks at once", async () => {
    const breakOff = () => stream([]);
    const { requests } = await follow([
      () => stream([[0, event(pending)]]),
      ...Array<Answer>(9).fill(breakOff),
    ]);
    const pauses = requests.slice(1).map(({ atMs }, index) => atMs - requests[index]!.atMs);
    expect(Math.max(...pauses.slice(1, 3))).toBeGreaterThanOrEqual(250);
    expect(requests.length).toBeLessThan(40);
  });

  it("is opened again if it is silent for longer than the heartbeat", async () => {
    const { requests, seen } = await follow([
      () => stream([[0, event(pending)]], { isOpen: true }),
      () => stream([[0, event(completed)]]),
    ]);
    expect(seen).toEqual(["pending", "completed"]);
    expect(requests[0]?.signal.aborted).toBe(true);
    expect(requests[1]?.atMs).toBeGreaterThanOrEqual(20_000);
    expect(requests[1]?.atMs).toBeLessThan(30_000);
  });
});

describe("long-polls replace the stream", () => {
  const held = { "preference-applied": "wait=25" };
  const answers = [
    () => Response.json(pending, { headers: { ...held, etag: '"1"' } }),
    () => Response.json(completed, { headers: { ...held, etag: '"2"' } }),
  ];
  const paths = [eventsPath, jobPath, jobPath];

  it.each<[string, Answer]>([
    ["there are no events", missing],
    ["the answer is no stream", () => Response.json({})],
    ["if the stream ends before its first event", () => stream([])],
    ["if a proxy buffers the events", () => stream([], { isOpen: true })],
    ["if the events are something else", () => stream([[0, event({ status: "odd" })]], { isOpen: true })],
  ])("when %s", async (_, first) => {
    const followed = await follow([first, ...answers]);
    expect(followed.seen).toEqual(["pending", "completed"]);
    expect(followed.paths).toEqual(paths);
    expect(followed.requests[2]?.headers).toMatchObject({ prefer: "wait=25", "if-none-match": '"1"' });
  });

  it("and their Retry-After is respected", async () => {
    const busy = () => Response.json({}, { status: 503, headers: { "retry-after": "7" } });
    const { requests } = await follow([missing, busy, ...answers]);
    expect(requests[2]!.atMs - requests[1]!.atMs).toBeGreaterThanOrEqual(7000);
  });
});

describe("polling replaces both", () => {
  it("by core's policy, if the server supports nothing else", async () => {
    const { seen, requests } = await follow([
      missing,
      ...[pending, processing, completed].map((job) => () => Response.json(job)),
    ]);
    expect(seen).toEqual(["pending", "processing", "completed"]);
    const pauses = requests.slice(2).map(({ atMs }, index) => atMs - requests[index + 1]!.atMs);
    expect(pauses).toEqual([250, 375]);
  });
});

describe("it fails", () => {
  it("at once for an unknown job", async () => {
    const { error, paths } = await follow([missing, missing]);
    expect(error).toMatchObject({ code: "job_not_found", jobId: id });
    expect(paths).toEqual([eventsPath, jobPath]);
  });

  it("if the server was silent for `timeoutMs`, even after a long time with answers", async () => {
    const going = Array<Answer>(12).fill(() =>
      Response.json(processing, { headers: { "retry-after": "20" } }),
    );
    const { error, requests } = await follow([missing, ...going], { timeoutMs: 60_000 });
    expect(error).toMatchObject({ code: "timeout", lastJob: processing });
    const lastAnswerMs = requests[12]!.atMs;
    expect(lastAnswerMs).toBeGreaterThanOrEqual(220_000);
    expect(requests.at(-1)!.atMs - lastAnswerMs).toBeLessThanOrEqual(60_000);
  });
});
