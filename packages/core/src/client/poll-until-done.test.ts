import { describe, expect, test } from "vitest";
import { MemlaneError } from "../errors/memlane-error.ts";
import { defaultPollPolicy, heldDelayMs } from "../poll/poll.ts";
import { ingestJobs } from "../testing/ingest-fixtures.ts";
import { createScriptedRuntime } from "../testing/scripted-runtime.ts";
import type { ScriptedReply, TransportScript } from "../testing/scripted-transport.ts";
import { createClient } from "./client.ts";

const { id } = ingestJobs.pending;
const { initialMs, factor, maximumMs } = defaultPollPolicy.backoff;

function connect(script: TransportScript) {
  const runtime = createScriptedRuntime(script);
  const { jobs } = createClient(runtime, { apiKey: "key", orgId: "org" }).memories;
  return { ...runtime, jobs, startMs: runtime.now() };
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

  test("resolves also when it failed", async () => {
    const { jobs } = connect([{ json: ingestJobs.failed }]);
    const job = await jobs.pollUntilDone(id);
    expect(job.status).toBe("failed");
    expect(job.error?.code).toBe("ingest_failed");
  });

  test("shows every reading on the way, the last one included", async () => {
    const { jobs } = connect([{ json: ingestJobs.pending }, { json: ingestJobs.succeeded }]);
    const seen: string[] = [];
    await jobs.pollUntilDone(id, { onProgress: ({ status }) => seen.push(status) });
    expect(seen).toEqual(["pending", "succeeded"]);
  });

  test.each([
    ["a 503", { status: 503, json: {} }],
    ["a 429", { status: 429, json: { code: "rate_limit_exceeded", message: "slow down" } }],
    ["a lost connection", { failure: "network_error" }],
    ["a page of a proxy in its place", { text: "<html>" }],
    ["an answer that does not come", { takesMs: Infinity }],
  ] satisfies [string, ScriptedReply][])("is found again after %s", async (_, reply) => {
    const { jobs, requests } = connect([{ json: ingestJobs.running }, reply, { json: ingestJobs.succeeded }]);
    expect((await jobs.pollUntilDone(id)).status).toBe("succeeded");
    expect(requests).toHaveLength(3);
  });
});

describe("Retry-After", () => {
  test("of a job that goes on is waited for", async () => {
    const { jobs, clock } = connect([
      { json: ingestJobs.running, headers: { "retry-after": "7" } },
      { json: ingestJobs.succeeded },
    ]);
    await jobs.pollUntilDone(id);
    expect(clock.sleeps).toEqual([7000]);
  });

  test("of a failure is waited for", async () => {
    const { jobs, clock } = connect([
      { status: 429, json: {}, headers: { "retry-after": "9" } },
      { json: ingestJobs.succeeded },
    ]);
    await jobs.pollUntilDone(id);
    expect(clock.sleeps).toEqual([9000]);
  });

  test("beyond the deadline ends the wait at once and says how long the server asked for", async () => {
    const { jobs, clock } = connect([{ status: 429, json: {}, headers: { "retry-after": "60" } }]);
    const error = await errorOf(jobs.pollUntilDone(id, { timeoutMs: 10_000 }));
    expect(error).toMatchObject({ code: "timeout", jobId: id, retryAfterMs: 60_000 });
    expect(clock.sleeps).toEqual([]);
  });
});

describe("the deadline", () => {
  test("ends the wait with the id and the job as last seen", async () => {
    const { jobs, clock, startMs } = connect(() => ({ json: ingestJobs.running, takesMs: 20 }));
    const error = await errorOf(jobs.pollUntilDone(id, { timeoutMs: 30_000 }));
    expect(error).toMatchObject({ code: "timeout", retryable: true, status: null, jobId: id });
    expect(error.lastJob).toMatchObject({ status: "running" });
    expect(error.message).toContain("running");
    expect(clock.now()).toBeLessThanOrEqual(startMs + 30_000);
  });

  test("is five minutes unless told otherwise", async () => {
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

  test("leaves no request more than thirty seconds", async () => {
    const { jobs, requests } = connect([{ takesMs: Infinity }, { json: ingestJobs.succeeded }]);
    await jobs.pollUntilDone(id);
    expect(requests.map(({ timeoutMs }) => timeoutMs)).toEqual([30_000, 30_000]);
  });

  test("says so when the job was never read", async () => {
    const { jobs } = connect(() => ({ failure: "network_error" }));
    const error = await errorOf(jobs.pollUntilDone(id, { timeoutMs: 5000 }));
    expect(error).toMatchObject({ code: "timeout", lastJob: undefined });
    expect(error.message).toContain("never read");
    expect(MemlaneError.is(error.cause) && error.cause.code).toBe("network_error");
  });

  test("takes no old failure for its cause when the job was read since", async () => {
    const { jobs } = connect((_, number) =>
      number === 0 ? { failure: "network_error" } : { json: ingestJobs.running },
    );
    expect((await errorOf(jobs.pollUntilDone(id, { timeoutMs: 5000 }))).cause).toBeUndefined();
  });
});

test("an unknown status neither ends the wait nor makes it spin, and is named in the message", async () => {
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

  test("during a sleep ends it there, with the job as last seen and the reason", async () => {
    const { jobs, clock, requests, startMs } = connect(() => ({ json: ingestJobs.running }));
    const controller = new AbortController();
    clock.at(startMs + 400, () => controller.abort("enough"));
    const error = await errorOf(jobs.pollUntilDone(id, { signal: controller.signal }));
    expect(error).toMatchObject({ code: "aborted", jobId: id, cause: "enough", retryable: false });
    expect(error.lastJob).toMatchObject({ status: "running" });
    expect(clock.now()).toBe(startMs + 400);
    expect(requests).toHaveLength(2);
  });

  test("during a request ends it there", async () => {
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
  test("ends the wait at once with what the server said, the id and the job as last seen", async () => {
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

describe("what the caller's own onProgress throws", () => {
  test.each([
    ["an error of its own", new TypeError("mine")],
    ["a MemlaneError of another call", new MemlaneError({ code: "network_error", message: "theirs" })],
  ])("reaches the caller as it is: %s", async (_, thrown) => {
    const { jobs, requests } = connect([{ json: ingestJobs.running }]);
    const onProgress = () => {
      throw thrown;
    };
    await expect(jobs.pollUntilDone(id, { onProgress })).rejects.toBe(thrown);
    expect(requests).toHaveLength(1);
  });
});

test("what is no MemlaneError is a defect of the transport and reaches the caller as it is", async () => {
  const defect = new TypeError("a bug");
  const { jobs } = connect(() => {
    throw defect;
  });
  await expect(jobs.pollUntilDone(id)).rejects.toBe(defect);
});

describe("a server that holds its answers", () => {
  const holds = { "preference-applied": "wait=25", "retry-after": "9" };
  const unchanged = { status: 304, headers: { ...holds, etag: '"1"' }, text: "" };

  test("is asked again at once with what was seen, and answers the change", async () => {
    const { jobs, clock, requests } = connect([
      { json: ingestJobs.pending, headers: { ...holds, etag: '"1"' } },
      { ...unchanged, takesMs: 25_000 },
      { json: ingestJobs.running, headers: { ...holds, etag: '"2"' }, takesMs: 100 },
      { json: ingestJobs.succeeded, headers: { ...holds, etag: '"3"' }, takesMs: 4000 },
    ]);
    const seen: string[] = [];
    await jobs.pollUntilDone(id, { onProgress: ({ status }) => seen.push(status) });
    expect(seen).toEqual(["pending", "running", "succeeded"]);
    expect(clock.sleeps).toEqual([heldDelayMs, heldDelayMs, heldDelayMs]);
    expect(requests.map(({ headers }) => [headers["prefer"], headers["if-none-match"]])).toEqual([
      ["wait=0", undefined],
      ["wait=25", '"1"'],
      ["wait=25", '"1"'],
      ["wait=25", '"2"'],
    ]);
  });

  test("but answers at once that nothing changed is asked by the policy: it cannot make us spin", async () => {
    const { jobs, clock } = connect([
      { json: ingestJobs.pending, headers: { ...holds, "retry-after": "", etag: '"1"' } },
      ...Array.from({ length: 3 }, () => ({
        ...unchanged,
        headers: { "preference-applied": "wait=25", etag: '"1"' },
      })),
      { json: ingestJobs.succeeded },
    ]);
    await jobs.pollUntilDone(id);
    expect(clock.sleeps).toEqual([heldDelayMs, initialMs, initialMs * factor, initialMs * factor ** 2]);
  });

  test("is not asked to hold beyond the deadline", async () => {
    const { jobs, requests } = connect([
      { json: ingestJobs.pending, headers: { ...holds, etag: '"1"' } },
      { json: ingestJobs.succeeded, headers: holds },
    ]);
    await jobs.pollUntilDone(id, { timeoutMs: 10_000 });
    expect(requests[1]?.headers["prefer"]).toBe("wait=7");
    expect(requests[1]?.timeoutMs).toBe(10_000 - heldDelayMs);
  });
});
