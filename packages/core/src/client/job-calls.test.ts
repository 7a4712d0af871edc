import { describe, expect, test } from "vitest";
import { MemlaneError } from "../errors/memlane-error.ts";
import { defaultPollPolicy, longPollDelayMs } from "../poll/poll.ts";
import { batchJobs } from "../testing/batch-fixtures.ts";
import { ingestJobs } from "../testing/ingest-fixtures.ts";
import { createScriptedRuntime } from "../testing/scripted-runtime.ts";
import type { ScriptedReply, TransportScript } from "../testing/scripted-transport.ts";
import { createClient } from "./client.ts";
import { isJobTimeout } from "./job-timeout.ts";

const { id } = ingestJobs.pending;
const { initialMs, factor, maximumMs } = defaultPollPolicy.backoff;

function connect(script: TransportScript) {
  const runtime = createScriptedRuntime(script);
  const client = createClient(runtime, { apiKey: "key", orgId: "org" });
  return { ...runtime, ...client, jobs: client.memories.jobs, startMs: runtime.now() };
}

/** The error that a promise rejects with. */
async function errorOf(promise: Promise<unknown>): Promise<MemlaneError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!MemlaneError.is(error)) throw new Error("expected a MemlaneError", { cause: error });
  return error;
}

describe("a job that ends", () => {
  test("is awaited with growing delays and resolves with its last reading", async () => {
    const { jobs, clock } = connect([
      { json: ingestJobs.pending },
      { json: ingestJobs.running },
      { json: ingestJobs.running },
      { json: ingestJobs.succeeded },
    ]);
    const job = await jobs.pollUntilDone(id);
    expect(job.status).toBe("succeeded");
    expect(job.result?.memories_created).toEqual(ingestJobs.succeeded.result.memories_created);
    expect(clock.sleeps).toEqual([initialMs, initialMs * factor, initialMs * factor ** 2]);
  });

  test("also resolves if the job failed", async () => {
    const { jobs } = connect([{ json: ingestJobs.failed }]);
    const job = await jobs.pollUntilDone(id);
    expect(job.status).toBe("failed");
    expect(job.error?.code).toBe("ingest_failed");
  });

  test("reports every reading, including the last one", async () => {
    const { jobs } = connect([{ json: ingestJobs.pending }, { json: ingestJobs.succeeded }]);
    const seen: string[] = [];
    const reported: string[] = [];
    await jobs.pollUntilDone(id, {
      onUpdate: ({ status }) => seen.push(status),
      onProgress: ({ status }) => reported.push(status),
    });
    expect(seen).toEqual(["pending", "succeeded"]);
    expect(reported).toEqual(seen);
  });

  test.each([
    ["a 503", { status: 503, json: {} }],
    ["a 429", { status: 429, json: { code: "rate_limit_exceeded", message: "slow down" } }],
    ["a lost connection", { failure: "network_error" }],
    ["an error page of a proxy", { text: "<html>" }],
    ["an answer that does not arrive", { takesMs: Infinity }],
  ] satisfies [string, ScriptedReply][])("is found again after %s", async (_, reply) => {
    const { jobs, requests } = connect([{ json: ingestJobs.running }, reply, { json: ingestJobs.succeeded }]);
    expect((await jobs.pollUntilDone(id)).status).toBe("succeeded");
    expect(requests).toHaveLength(3);
  });
});

describe("Retry-After", () => {
  test("of an unfinished job is respected", async () => {
    const { jobs, clock } = connect([
      { json: ingestJobs.running, headers: { "retry-after": "7" } },
      { json: ingestJobs.succeeded },
    ]);
    await jobs.pollUntilDone(id);
    expect(clock.sleeps).toEqual([7000]);
  });

  test("of a failure is respected", async () => {
    const { jobs, clock } = connect([
      { status: 429, json: {}, headers: { "retry-after": "9" } },
      { json: ingestJobs.succeeded },
    ]);
    await jobs.pollUntilDone(id);
    expect(clock.sleeps).toEqual([9000]);
  });

  test("beyond the deadline ends the wait at once and reports it", async () => {
    const { jobs, clock } = connect([{ status: 429, json: {}, headers: { "retry-after": "60" } }]);
    const error = await errorOf(jobs.pollUntilDone(id, { timeoutMs: 10_000 }));
    expect(error).toMatchObject({ code: "timeout", jobId: id, retryAfterMs: 60_000 });
    expect(clock.sleeps).toEqual([]);
  });
});

describe("the deadline", () => {
  test("ends the wait with the id and the last reading of the job", async () => {
    const { jobs, clock, startMs } = connect(() => ({ json: ingestJobs.running, takesMs: 20 }));
    const error = await errorOf(jobs.pollUntilDone(id, { timeoutMs: 30_000 }));
    expect(error).toMatchObject({ retryable: true, status: null, jobId: id });
    if (!isJobTimeout(error)) throw error;
    expect(error.lastJob?.status).toBe("running");
    expect(error.requestId).toMatch(/^req_/);
    expect(error.message).toContain("running");
    expect(clock.now()).toBeLessThanOrEqual(startMs + 30_000);
  });

  test("is five minutes by default", async () => {
    const { jobs, requests, startMs, clock } = connect(() => ({ json: ingestJobs.running }));
    await errorOf(jobs.pollUntilDone(id));
    expect(clock.now() - startMs).toBeCloseTo(300_000 - initialMs);
    expect(requests.length).toBeLessThan(80);
  });

  test("bounds the last request, also when the server hangs", async () => {
    const { jobs, clock, requests, startMs } = connect([{ json: ingestJobs.running }, { takesMs: Infinity }]);
    const error = await errorOf(jobs.pollUntilDone(id, { timeoutMs: 1000 }));
    expect(error.code).toBe("timeout");
    expect(MemlaneError.is(error.cause) && error.cause.code).toBe("timeout");
    expect(clock.now()).toBe(startMs + 1000);
    expect(requests.at(-1)?.timeoutMs).toBe(1000 - initialMs);
  });

  test("gives no request more than thirty seconds", async () => {
    const { jobs, requests } = connect([{ takesMs: Infinity }, { json: ingestJobs.succeeded }]);
    await jobs.pollUntilDone(id);
    expect(requests.map(({ timeoutMs }) => timeoutMs)).toEqual([30_000, 30_000]);
  });

  test("is reported if the job was never read", async () => {
    const { jobs } = connect(() => ({ failure: "network_error" }));
    const error = await errorOf(jobs.pollUntilDone(id, { timeoutMs: 5000 }));
    expect(error).toMatchObject({ code: "timeout", lastJob: undefined });
    expect(error.message).toContain("never read");
    expect(MemlaneError.is(error.cause) && error.cause.code).toBe("network_error");
  });

  test("does not report an earlier failure as its cause if the job was read afterwards", async () => {
    const { jobs } = connect((_, number) =>
      number === 0 ? { failure: "network_error" } : { json: ingestJobs.running },
    );
    expect((await errorOf(jobs.pollUntilDone(id, { timeoutMs: 5000 }))).cause).toBeUndefined();
  });
});

test("an unknown status neither ends the wait nor causes a busy loop, and is named in the message", async () => {
  const { jobs, requests, clock } = connect(() => ({ json: { ...ingestJobs.running, status: "napping" } }));
  const error = await errorOf(jobs.pollUntilDone(id, { timeoutMs: 60_000 }));
  expect(error.code).toBe("timeout");
  expect(error.message).toContain("napping");
  expect(requests.length).toBeLessThan(25);
  expect(clock.sleeps).toContain(maximumMs);
});

describe("an abort", () => {
  test("before the first request sends none", async () => {
    const { jobs, requests } = connect([]);
    const error = await errorOf(jobs.pollUntilDone(id, { signal: AbortSignal.abort("enough") }));
    expect(error).toMatchObject({ code: "aborted", jobId: id });
    expect(requests).toEqual([]);
  });

  test("during a sleep ends it at once, with the last reading and the reason", async () => {
    const { jobs, clock, requests, startMs } = connect(() => ({ json: ingestJobs.running }));
    const controller = new AbortController();
    clock.at(startMs + 400, () => controller.abort("enough"));
    const error = await errorOf(jobs.pollUntilDone(id, { signal: controller.signal }));
    expect(error).toMatchObject({ code: "aborted", jobId: id, cause: "enough", retryable: false });
    expect(error.lastJob).toMatchObject({ status: "running" });
    expect(clock.now()).toBe(startMs + 400);
    expect(requests).toHaveLength(2);
  });

  test("during a request ends it at once", async () => {
    const { jobs, clock, requests, startMs } = connect(() => ({ json: ingestJobs.running, takesMs: 1000 }));
    const controller = new AbortController();
    clock.at(startMs + 400, () => controller.abort("enough"));
    const error = await errorOf(jobs.pollUntilDone(id, { signal: controller.signal }));
    expect(error).toMatchObject({ code: "aborted", jobId: id, lastJob: undefined });
    expect(clock.now()).toBe(startMs + 400);
    expect(requests).toHaveLength(1);
  });
});

describe("a failure that no retry can help", () => {
  test("ends the wait at once with the server's error, the id and the last reading", async () => {
    const { jobs, clock } = connect([
      { json: ingestJobs.running },
      {
        status: 404,
        json: {
          error: { type: "not_found_error", code: "job_not_found", message: "gone", request_id: "req_1" },
          detail: { code: "job_not_found", message: "gone" },
        },
      },
    ]);
    const error = await errorOf(jobs.pollUntilDone(id));
    expect(error).toMatchObject({
      code: "job_not_found",
      status: 404,
      wireCode: "job_not_found",
      requestId: "req_1",
      retryable: false,
      jobId: id,
    });
    expect(error.lastJob).toMatchObject({ status: "running" });
    expect(error.message).toContain("gone");
    expect(MemlaneError.is(error.cause)).toBe(true);
    expect(clock.sleeps).toEqual([initialMs]);
  });
});

describe("an error that the caller's onProgress throws", () => {
  test.each([
    ["an error of its own", new TypeError("mine")],
    ["a MemlaneError of another call", new MemlaneError({ code: "network_error", message: "theirs" })],
  ])("reaches the caller unchanged: %s", async (_, thrown) => {
    const { jobs, requests } = connect([{ json: ingestJobs.running }]);
    const onProgress = () => {
      throw thrown;
    };
    await expect(jobs.pollUntilDone(id, { onProgress })).rejects.toBe(thrown);
    expect(requests).toHaveLength(1);
  });
});

test("an error that is not a MemlaneError is a defect of the transport and reaches the caller unchanged", async () => {
  const defect = new TypeError("a bug");
  const { jobs } = connect(() => {
    throw defect;
  });
  await expect(jobs.pollUntilDone(id)).rejects.toBe(defect);
});

describe("a server that long-polls", () => {
  const holds = { "preference-applied": "wait=25", "retry-after": "9" };
  const unchanged = { status: 304, headers: { ...holds, etag: '"1"' }, text: "" };

  test("is asked again at once with the last tag, and answers the change", async () => {
    const { jobs, clock, requests } = connect([
      { json: ingestJobs.pending, headers: { ...holds, etag: '"1"' } },
      { ...unchanged, takesMs: 25_000 },
      { json: ingestJobs.running, headers: { ...holds, etag: '"2"' }, takesMs: 100 },
      { json: ingestJobs.succeeded, headers: { ...holds, etag: '"3"' }, takesMs: 4000 },
    ]);
    const seen: string[] = [];
    await jobs.pollUntilDone(id, { onProgress: ({ status }) => seen.push(status) });
    expect(seen).toEqual(["pending", "running", "succeeded"]);
    expect(clock.sleeps).toEqual([longPollDelayMs, longPollDelayMs, longPollDelayMs]);
    expect(requests.map(({ headers }) => [headers["prefer"], headers["if-none-match"]])).toEqual([
      ["wait=0", undefined],
      ["wait=25", '"1"'],
      ["wait=25", '"1"'],
      ["wait=25", '"2"'],
    ]);
  });

  test("but answers at once without a change is polled with the normal backoff, not in a busy loop", async () => {
    const { jobs, clock } = connect([
      { json: ingestJobs.pending, headers: { ...holds, "retry-after": "", etag: '"1"' } },
      ...Array.from({ length: 3 }, () => ({
        ...unchanged,
        headers: { "preference-applied": "wait=25", etag: '"1"' },
      })),
      { json: ingestJobs.succeeded },
    ]);
    await jobs.pollUntilDone(id, { onUpdate: () => {} });
    expect(clock.sleeps).toEqual([longPollDelayMs, initialMs, initialMs * factor, initialMs * factor ** 2]);
  });

  test("is not asked to wait beyond the deadline", async () => {
    const { jobs, requests } = connect([
      { json: ingestJobs.pending, headers: { ...holds, etag: '"1"' } },
      { json: ingestJobs.succeeded, headers: holds },
    ]);
    await jobs.pollUntilDone(id, { timeoutMs: 10_000, onUpdate: () => {} });
    expect(requests[1]?.headers["prefer"]).toBe("wait=7");
    expect(requests[1]?.timeoutMs).toBe(10_000 - longPollDelayMs);
  });
});

describe("a server that long-polls, without onUpdate", () => {
  const holds = { "preference-applied": "wait=25", etag: '"1"' };

  test("is asked once", async () => {
    const { jobs, clock, requests } = connect([
      { json: ingestJobs.succeeded, headers: holds, takesMs: 12_000 },
    ]);
    await jobs.pollUntilDone(id);
    expect(requests.map(({ headers }) => headers["prefer"])).toEqual(["wait=25"]);
    expect(clock.sleeps).toEqual([]);
  });

  test("is asked again at once, and not for changes, after a long-poll of full length", async () => {
    const { jobs, clock, requests } = connect([
      { json: ingestJobs.running, headers: holds, takesMs: 25_000 },
      { json: ingestJobs.succeeded, headers: holds, takesMs: 3000 },
    ]);
    await jobs.pollUntilDone(id);
    expect(clock.sleeps).toEqual([longPollDelayMs]);
    expect(requests.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, undefined]);
  });

  test("but answers at once is polled with the normal backoff", async () => {
    const { jobs, clock } = connect([
      { json: ingestJobs.running, headers: holds, takesMs: 5 },
      { json: ingestJobs.running, headers: holds, takesMs: 5 },
      { json: ingestJobs.succeeded, headers: holds },
    ]);
    await jobs.pollUntilDone(id);
    expect(clock.sleeps).toEqual([initialMs, initialMs * factor]);
  });
});

describe("watch", () => {
  test("yields each state once, as it arrives, and ends after the last", async () => {
    const { jobs } = connect([
      { json: ingestJobs.pending, headers: { etag: '"1"' } },
      { status: 304, headers: { etag: '"1"' }, text: "" },
      { json: ingestJobs.running },
      { json: ingestJobs.succeeded },
    ]);
    const seen: string[] = [];
    for await (const { status } of jobs.watch(id)) seen.push(status);
    expect(seen).toEqual(["pending", "running", "succeeded"]);
  });

  test("stops polling when the loop is left", async () => {
    const { jobs, requests } = connect([{ json: ingestJobs.pending }]);
    for await (const { status } of jobs.watch(id)) {
      expect(status).toBe("pending");
      break;
    }
    expect(requests).toHaveLength(1);
  });

  test("has the same time limit as a wait", async () => {
    const { jobs } = connect(() => ({ json: ingestJobs.running }));
    const watching = (async () => {
      for await (const _ of jobs.watch(id, { timeoutMs: 5000 }));
    })();
    expect(isJobTimeout(await errorOf(watching))).toBe(true);
  });
});

describe("create and wait", () => {
  const conversation = { messages: [{ role: "user", content: "I like tea." }], user_id: "u", conv_id: "c" };

  test("uses the answer that creates the job as the first reading", async () => {
    const { memories, requests } = connect([
      { status: 202, json: ingestJobs.pending, headers: { "preference-applied": "wait=0", etag: '"1"' } },
      { json: ingestJobs.succeeded, takesMs: 900 },
    ]);
    const seen: string[] = [];
    const done = await memories.ingestAndWait(conversation, { onUpdate: ({ status }) => seen.push(status) });
    expect(done.status).toBe("succeeded");
    expect(seen).toEqual(["pending", "succeeded"]);
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /v1/memories",
      `GET /v1/memories/jobs/${id}`,
    ]);
    expect(requests[1]?.headers).toMatchObject({ prefer: "wait=25", "if-none-match": '"1"' });
  });

  test("with an invalid time sends nothing", async () => {
    const { memories, jobs, requests } = connect([]);
    for (const timeoutMs of [Number("5 s"), -1, JSON.parse('"5000"')]) {
      await expect(memories.ingestAndWait(conversation, { timeoutMs })).rejects.toThrow(TypeError);
      await expect(jobs.pollUntilDone(id, { timeoutMs })).rejects.toThrow("timeoutMs must be a number");
    }
    expect(requests).toEqual([]);
  });

  test("needs no second request for a job that has ended already", async () => {
    const { batch, requests } = connect([{ json: batchJobs.completed }]);
    expect(await batch.createAndWait([{ content: "Likes tea." }])).toEqual(batchJobs.completed);
    expect(requests).toHaveLength(1);
  });

  test("has one deadline for both", async () => {
    const { memories, clock, startMs, requests } = connect((_, number) =>
      number === 0 ? { status: 202, json: ingestJobs.pending, takesMs: 4000 } : { takesMs: Infinity },
    );
    const error = await errorOf(memories.ingestAndWait(conversation, { timeoutMs: 5000 }));
    expect(error).toMatchObject({ code: "timeout", jobId: id, lastJob: { status: "pending" } });
    expect(clock.now()).toBe(startMs + 5000);
    expect(requests[0]?.timeoutMs).toBe(5000);
  });

  test("has no job id if no job was accepted", async () => {
    const { memories } = connect([{ takesMs: Infinity }]);
    const error = await errorOf(memories.ingestAndWait(conversation, { timeoutMs: 5000 }));
    expect(error).toMatchObject({ code: "timeout", jobId: undefined });
    expect(isJobTimeout(error)).toBe(false);
  });

  test("passes the caller's key on, and the abort", async () => {
    const { batch, requests } = connect([{ status: 202, json: batchJobs.pending }]);
    const controller = new AbortController();
    const waiting = batch.createAndWait([{ content: "Likes tea." }], {
      idempotencyKey: "mine",
      signal: controller.signal,
      onUpdate: () => controller.abort("enough"),
    });
    expect(await errorOf(waiting)).toMatchObject({ code: "aborted", jobId: batchJobs.pending.id });
    expect(requests[0]?.headers["idempotency-key"]).toBe("mine");
  });
});

describe("a 404", () => {
  const lost = { status: 404, json: { code: "not_found", message: "there is no such job" } };

  test("for an id just received is retried, because a replica may lag", async () => {
    const { batch, requests } = connect([
      { status: 202, json: batchJobs.pending },
      lost,
      { json: batchJobs.completed },
    ]);
    const { id: received } = await batch.create([{ content: "Likes tea." }]);
    expect((await batch.pollUntilDone(received)).status).toBe("completed");
    expect(requests).toHaveLength(3);
  });

  test("ten seconds later is the end of the wait", async () => {
    const { batch, clock, startMs } = connect((_, number) =>
      number === 0 ? { status: 202, json: batchJobs.pending } : lost,
    );
    const error = await errorOf(batch.createAndWait([{ content: "Likes tea." }]));
    expect(error).toMatchObject({ code: "not_found", status: 404, jobId: batchJobs.pending.id });
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(10_000);
    expect(clock.now() - startMs).toBeLessThan(20_000);
  });

  test("for an id from elsewhere ends the wait at once", async () => {
    const { batch, requests } = connect([lost]);
    expect(await errorOf(batch.pollUntilDone("job_1"))).toMatchObject({ code: "not_found" });
    expect(requests).toHaveLength(1);
  });
});
