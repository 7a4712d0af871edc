// What a client learns from the durations of its jobs, and when it then polls the next one.
import { expect, test } from "vitest";
import { defaultPollPolicy } from "../poll/poll.ts";
import { ingestJobs } from "../testing/ingest-fixtures.ts";
import { createScriptedRuntime } from "../testing/scripted-runtime.ts";
import { createClient } from "./client.ts";

const { id } = ingestJobs.pending;
const { initialMs, factor } = defaultPollPolicy.backoff;
const backoff = [initialMs, initialMs * factor, initialMs * factor ** 2];

// The polls before and after the end of a job of three seconds are 2031 and 3297 ms after its
// start.
const learnedMs = (2031.25 + 3296.875) / 2;
const aimedMs = learnedMs + 50 + learnedMs / 500;

/** A client on a server whose jobs take three seconds, and that may start to long-poll. */
function connect() {
  let endMs = 0;
  let headers = {};
  const { clock, requests, ...runtime } = createScriptedRuntime(() => ({
    json: clock.now() < endMs ? ingestJobs.running : ingestJobs.succeeded,
    headers,
  }));
  const { memories } = createClient(runtime, { apiKey: "key", orgId: "org" });
  const startJob = () => (endMs = clock.now() + 3000);
  return {
    startJob,
    beginToHold: () => (headers = { "preference-applied": "wait=25" }),
    wait: (more?: Parameters<typeof memories.jobs.pollUntilDone>[1]) => memories.jobs.pollUntilDone(id, more),
    ingestAndPoll: async () => {
      const messages = [{ role: "user", content: "I like tea." }];
      const { id: made } = await memories.ingest({ messages, user_id: "u", conv_id: "c" });
      return memories.jobs.pollUntilDone(made);
    },
    /** The sleeps and requests after this call. */
    record: () => {
      const [slept, asked] = [clock.sleeps.length, requests.length];
      return { sleeps: () => clock.sleeps.slice(slept), requests: () => requests.slice(asked) };
    },
  };
}

/** The same client after eight waits for jobs that were unfinished at the first poll. */
async function connectAndLearn() {
  const client = connect();
  for (let job = 0; job < 8; job += 1) {
    client.startJob();
    await client.wait();
  }
  return { ...client, ...client.record() };
}

test("after eight waits, the next job is polled at the time when those jobs ended", async () => {
  const { startJob, wait, sleeps } = await connectAndLearn();
  startJob();
  await wait();
  expect(sleeps()).toEqual([expect.closeTo(aimedMs, 6), initialMs * factor]);
});

test("a job that the client has just created is not polled earlier", async () => {
  const { startJob, ingestAndPoll, sleeps, requests } = await connectAndLearn();
  startJob();
  await ingestAndPoll();
  expect(requests().map(({ method }) => method)).toEqual(["POST", "GET", "GET"]);
  expect(sleeps()[0]).toBeCloseTo(aimedMs, 6);
});

test("a job that had ended in the answer that created it is not polled", async () => {
  const { ingestAndPoll, requests } = await connectAndLearn();
  expect((await ingestAndPoll()).status).toBe("succeeded");
  expect(requests().map(({ method }) => method)).toEqual(["POST"]);
});

test("with onUpdate, a job is polled with the backoff", async () => {
  const { startJob, wait, sleeps } = await connectAndLearn();
  startJob();
  await wait({ onUpdate: () => {} });
  expect(sleeps().slice(0, 3)).toEqual(backoff);
});

test("nothing is learned from jobs that had ended at the first poll", async () => {
  const { startJob, wait, record } = connect();
  for (let job = 0; job < 9; job += 1) await wait();
  const { sleeps } = record();
  startJob();
  await wait();
  expect(sleeps().slice(0, 3)).toEqual(backoff);
});

test("a server that begins to long-poll is asked again at once, without the learned delay", async () => {
  const { startJob, beginToHold, ingestAndPoll, record } = await connectAndLearn();
  beginToHold();
  startJob();
  await ingestAndPoll();
  const { sleeps, requests } = record();
  await ingestAndPoll();
  expect(sleeps()).toEqual([]);
  expect(requests().map(({ headers }) => headers["prefer"])).toEqual([undefined, "wait=25"]);
});
