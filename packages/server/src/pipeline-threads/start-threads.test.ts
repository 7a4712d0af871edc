// The stages on real threads.
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLogger } from "../logging/logger.ts";
import { createOfflineExtractor } from "../pipeline/extract/english/offline-extractor.ts";
import { createTextStages } from "../pipeline/text-stages.ts";
import { startPipelineThreads, type PipelineThreads } from "./start-threads.ts";

const log = createLogger("silent");
const conversation = (...contents: string[]) => ({
  messages: contents.map((content) => ({ role: "user", content })),
  timestampFormat: null,
  userId: null,
  arrivedAt: new Date(0),
});
const textsOf = ({ statements }: { statements: readonly { text: string }[] }) =>
  statements.map(({ text }) => text);

describe("the threads of a server", () => {
  const threads = startPipelineThreads({}, log);
  afterAll(() => threads.close());

  test("return the same as the stages on the calling thread", async () => {
    const inPlace = createTextStages(createOfflineExtractor());
    const said = conversation("I live in Rome. I have a dog.", "", "I moved to Oslo. I like tea!");
    const [there, here] = [await threads.read(said, {}), await inPlace.read(said, {})];
    expect(textsOf(there)).toHaveLength(4);
    const undecided = { withoutFacts: undefined, times: [] };
    expect({ ...there, ...undecided }).toEqual({ ...here, ...undecided });
    const nothing = { facts: [], arrivedAt: new Date(0) };
    const decided = await threads.reconcile(there.statements, nothing, {});
    const outcomes = (await inPlace.reconcile(here.statements, nothing, {})).decisions.map(
      ({ type }) => type,
    );
    expect(decided.decisions.map(({ type }) => type)).toEqual(outcomes);
  });

  test("report when each stage ran, by the clock of the process", async () => {
    const beforeMs = Date.now();
    const { times } = await threads.read(conversation("I like tea."), {});
    expect(times.map(({ name }) => name)).toEqual(["normalise", "extract"]);
    for (const { startedAtMs, ms } of times) {
      expect(startedAtMs).toBeGreaterThan(beforeMs - 100);
      expect(startedAtMs + ms).toBeLessThan(Date.now() + 100);
    }
  });
});

describe("a text that ends its thread", () => {
  let threads: PipelineThreads;
  beforeAll(() => {
    const module = new URL("../../test/doomed-thread.ts", import.meta.url);
    threads = startPipelineThreads({}, log, {
      threads: 2,
      stepMs: 1000,
      heapMiB: 64,
      module,
    });
  });
  afterAll(() => threads.close());

  test.each(["loop", "fill the memory"])(
    "fails only its message, not the conversation or the process: %s",
    async (doom) => {
      const reading = await threads.read(conversation("I like tea.", doom, "I like coffee."), {});
      expect(textsOf(reading)).toEqual(["User likes tea.", "User likes coffee."]);
      expect(reading.failed).toEqual([1]);
    },
  );

  test("fails its conversation if it has too many such texts", async () => {
    const reading = threads.read(conversation("loop", "loop", "loop", "loop", "I like tea."), {});
    await expect(reading).rejects.toMatchObject({
      code: "ingest_failed",
      message: "the conversation could not be read: it took longer than 1 s",
    });
  });

  test("delays neither the event loop nor other conversations", async () => {
    const doomed = threads.read(conversation("loop"), {});
    const startedMs = performance.now();
    let longestMs = 0;
    for (let beat = 0, lastMs = startedMs; beat < 20; beat += 1) {
      await sleep(10);
      longestMs = Math.max(longestMs, performance.now() - lastMs);
      lastMs = performance.now();
    }
    expect(textsOf(await threads.read(conversation("I like tea."), {}))).toEqual(["User likes tea."]);
    expect((await doomed).failed).toEqual([0]);
    expect(longestMs).toBeLessThan(500);
  });

  test("ends at once if its job is aborted", async () => {
    const stopping = new AbortController();
    const reading = threads.read(conversation("loop"), { signal: stopping.signal });
    const reason = new Error("stop");
    setTimeout(() => stopping.abort(reason), 50);
    await expect(reading).rejects.toBe(reason);
  });

  test("may wait for a model longer than it may compute", async () => {
    const reading = await threads.read(conversation("wait for a model", "I like tea."), {});
    expect(textsOf(reading)).toEqual(["User likes tea."]);
  });

  test("does not end its thread if a rule throws: the caller gets the error, and the thread continues", async () => {
    await expect(threads.read(conversation("throw"), {})).rejects.toThrow("no such rule");
    expect(textsOf(await threads.read(conversation("I like tea."), {}))).toEqual(["User likes tea."]);
  });
});
