import {
  batchJobs,
  createScriptedRuntime,
  type ScriptedReply,
  type TransportScript,
} from "@memlane/core/testing";
import { describe, expect, it } from "vitest";
import { jobSnapshots } from "./job-snapshot.ts";
import { createReadJob, hasEnded } from "./read-job.ts";

const { pending, processing, completed } = batchJobs;
const { id } = completed;
const { signal: never } = new AbortController();

/** Polls a batch against a script on a scripted clock. */
async function poll(script: TransportScript, { timeoutMs = 60_000, signal = never } = {}) {
  const runtime = createScriptedRuntime(script);
  const read = createReadJob(runtime, "batch", id, "token");
  const options = { id, read, hasEnded: hasEnded.bind(undefined, "batch"), timeoutMs, signal };
  const snapshots = await Array.fromAsync(jobSnapshots(runtime, options));
  return { snapshots, requests: runtime.requests, sleeps: runtime.clock.sleeps };
}

describe("jobSnapshots", () => {
  it("tells each reading, the end once, and waits between them as core's policy says", async () => {
    const script = [pending, processing, completed].map((json) => ({ json }));
    const { snapshots, sleeps } = await poll(script);
    expect(snapshots).toEqual([
      { phase: "progress", job: pending },
      { phase: "progress", job: processing },
      { phase: "ended", job: completed },
    ]);
    expect(sleeps).toEqual([250, 375]);
  });

  it("reads with the token, and is not repeated by the transport", async () => {
    const { requests } = await poll([{ json: completed }]);
    expect(requests).toMatchObject([
      {
        method: "GET",
        path: `/v1/batch/${id}`,
        headers: { authorization: "Bearer token" },
        timeoutMs: 30_000,
        retry: "never",
      },
    ]);
  });

  it("lets a server that can hold its answer until the job changes", async () => {
    const headers = { "preference-applied": "wait=25" };
    const { snapshots, requests } = await poll([
      { json: pending, headers: { ...headers, etag: '"1"' } },
      { status: 304, headers: { ...headers, etag: '"1"' }, text: "", takesMs: 25_000 },
      { json: completed, headers: { ...headers, etag: '"2"' }, takesMs: 50 },
    ]);
    expect(snapshots).toEqual([
      { phase: "progress", job: pending },
      { phase: "ended", job: completed },
    ]);
    expect(requests.at(-1)).toMatchObject({ headers: { prefer: "wait=25", "if-none-match": '"1"' } });
  });

  it("ends with a job that failed as with any other", async () => {
    const { snapshots } = await poll([{ json: batchJobs.failed }]);
    expect(snapshots).toEqual([{ phase: "ended", job: batchJobs.failed }]);
  });

  it("waits on through a status that it does not know", async () => {
    const napping = { ...pending, status: "napping" };
    const { snapshots } = await poll([{ json: napping }, { json: completed }]);
    expect(snapshots).toEqual([
      { phase: "progress", job: napping },
      { phase: "ended", job: completed },
    ]);
  });

  it("keeps what it knows through failures that may pass, for as long as the server asks", async () => {
    const busy: ScriptedReply = { status: 503, headers: { "retry-after": "2" } };
    const script = [{ json: processing }, busy, { failure: "network_error" }, { json: completed }] as const;
    const { snapshots, sleeps } = await poll(script);
    expect(snapshots).toEqual([
      { phase: "progress", job: processing },
      { phase: "ended", job: completed },
    ]);
    expect(sleeps).toEqual([250, 2000, 562.5]);
  });

  it("fails at once where asking again cannot help, with the job as it was last seen", async () => {
    const gone = { status: 404, json: { code: "not_found", message: "there is no such batch" } };
    const { snapshots } = await poll([{ json: processing }, gone]);
    expect(snapshots.at(-1)).toMatchObject({
      phase: "failed",
      error: {
        code: "job_not_found",
        message: expect.stringContaining("there is no such batch"),
        status: 404,
        wireCode: "not_found",
        jobId: id,
        lastJob: processing,
      },
      job: processing,
    });
  });

  it("takes an answer that is no job for a failure that may pass", async () => {
    const { snapshots } = await poll([{ text: "<html>" }, { json: { id } }, { json: completed }]);
    expect(snapshots).toEqual([{ phase: "ended", job: completed }]);
  });

  it("fails when its time is over, and says why it was not answered", async () => {
    const { snapshots, requests } = await poll(() => ({ takesMs: Infinity }), { timeoutMs: 40_000 });
    expect(requests.map(({ timeoutMs }) => timeoutMs)).toEqual([30_000, 9750]);
    expect(snapshots).toMatchObject([
      { phase: "failed", error: { code: "timeout", jobId: id, cause: { code: "timeout" } }, job: undefined },
    ]);
  });

  it("stops without a word when it is aborted", async () => {
    const controller = new AbortController();
    const script: TransportScript = (_, number) => {
      if (number === 1) controller.abort();
      return { json: processing };
    };
    const { snapshots, requests } = await poll(script, { signal: controller.signal });
    expect(snapshots).toEqual([{ phase: "progress", job: processing }]);
    expect(requests).toHaveLength(2);
  });
});
