// Runs the pipeline on threads, so that no text can block the event loop. A text that takes too long ends only its thread.
import { availableParallelism } from "node:os";
import { MemlaneError } from "@memlane/core";
import type { Logger } from "pino";
import { Piscina } from "piscina";
import type { ExtractorOptions } from "../pipeline/extract/extractors.ts";
import type { TextStages } from "../pipeline/text-stages.ts";
import { activity, type Settled, type ThreadTasks } from "./tasks.ts";

export interface ThreadOptions {
  /** How many conversations are read at the same time. @default one for each core, at least 2 */
  readonly threads?: number;
  /** How long reading one message, or comparing the statements, may take, in milliseconds. @default 10_000 */
  readonly stepMs?: number;
  /** The heap of a thread, in MiB. @default 192 */
  readonly heapMiB?: number;
  /** The module that the threads run. @default the module that uses the extractor of the settings */
  readonly module?: URL;
}

/** How many messages of a conversation may end their thread. With one more, the conversation fails. */
const mostUnreadable = 3;

const idleMs = 60_000;

/** The part of the heap for new objects. The default would be 48 MiB. */
const youngMiB = 16;

/** A lower priority than the API and the database. On systems other than Linux it would apply to the whole process. */
const niceIncrement = process.platform === "linux" ? 5 : 0;

// TypeScript in the repository; JavaScript beside this file in the package.
const ownModule = new URL(
  import.meta.url.endsWith(".ts") ? "thread.ts" : "pipeline-thread.js",
  import.meta.url,
);

/** The stages of the pipeline that run on threads. */
export interface PipelineThreads extends TextStages {
  readonly close: () => Promise<void>;
}

/** Starts the threads. */
export function startPipelineThreads(
  extractors: ExtractorOptions,
  log: Logger,
  {
    threads = Math.max(2, availableParallelism()),
    stepMs = 10_000,
    heapMiB = 192,
    module = ownModule,
  }: ThreadOptions = {},
): PipelineThreads {
  const pool = new Piscina({
    filename: module.href,
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: idleMs,
    atomics: "disabled", // otherwise a thread that waits for a model would not get the answer
    workerData: extractors,
    resourceLimits: { maxOldGenerationSizeMb: heapMiB, maxYoungGenerationSizeMb: youngMiB },
    niceIncrement,
  });
  pool.on("error", (error: Error) => log.warn({ err: error }, "a pipeline thread ended while it was idle"));

  return {
    async read(conversation, { keepsMessages, signal }) {
      const unreadable = new Set<number>();
      for (;;) {
        try {
          const task = { conversation, keepsMessages, unreadable: [...unreadable] };
          const reading = await run("read", task, signal);
          return { ...reading, failed: [...reading.failed, ...unreadable].toSorted((a, b) => a - b) };
        } catch (error) {
          if (!(error instanceof ThreadEndedError)) throw error;
          log.warn({ message: error.at, reason: error.message }, "ended a pipeline thread");
          if (error.at < 0 || unreadable.size === mostUnreadable) throw tooMuch(error);
          unreadable.add(error.at);
        }
      }
    },
    async reconcile(statements, known, { signal }) {
      try {
        return await run("reconcile", { statements, known }, signal);
      } catch (error) {
        throw error instanceof ThreadEndedError ? tooMuch(error) : error;
      }
    },
    split: (facts) => run("split", { facts }, undefined),
    close: () => pool.destroy(),
  };

  /** Runs a task on a thread. Ends the thread if the task takes too long or `signal` aborts. */
  async function run<Name extends keyof ThreadTasks>(
    name: Name,
    task: Omit<Parameters<ThreadTasks[Name]>[0], "at">,
    signal: AbortSignal | undefined,
  ): Promise<ResultOf<Name>> {
    signal?.throwIfAborted();
    const at = new Int32Array(new SharedArrayBuffer(4)).fill(activity.idle);
    const ending = new AbortController();
    const end = () => ending.abort();
    signal?.addEventListener("abort", end);
    const watch = endWhenStuck(at, stepMs, end);
    try {
      const settled: Settled<ResultOf<Name>> = await pool.run(
        { ...task, at },
        { name, signal: ending.signal },
      );
      if ("result" in settled) return settled.result;
      throw new MemlaneError({ ...settled, cause: settled.cause && new Error(settled.cause) });
    } catch (error) {
      signal?.throwIfAborted();
      if (ending.signal.aborted) throw new ThreadEndedError(at, `took longer than ${stepMs / 1000} s`);
      if (isOutOfMemory(error)) throw new ThreadEndedError(at, `took more than ${heapMiB} MiB`);
      throw error;
    } finally {
      clearInterval(watch);
      signal?.removeEventListener("abort", end);
    }
  }
}

type ResultOf<Name extends keyof ThreadTasks> =
  Awaited<ReturnType<ThreadTasks[Name]>> extends Settled<infer Result> ? Result : never;

/** A thread was ended because its task exceeded a bound. */
class ThreadEndedError extends Error {
  /** What the thread was doing: an `activity`, or the position of a message. */
  readonly at: number;

  constructor(at: Int32Array, reason: string) {
    super(reason);
    this.at = Atomics.load(at, 0);
  }
}

/** The error of a job whose conversation cannot be read. */
function tooMuch({ message }: ThreadEndedError): MemlaneError {
  return new MemlaneError({
    code: "ingest_failed",
    message: `the conversation could not be read: it ${message}`,
  });
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

/** Calls `end` if a thread has been computing, or reading the same message, for `stepMs`. */
function endWhenStuck(at: Int32Array, stepMs: number, end: () => void): NodeJS.Timeout {
  let last: number = activity.idle;
  let sinceMs = performance.now();
  return setInterval(() => {
    const now = Atomics.load(at, 0);
    const isWaiting = now === activity.idle || now === activity.waiting;
    if (now !== last || isWaiting) sinceMs = performance.now();
    else if (performance.now() - sinceMs >= stepMs) end();
    last = now;
  }, stepMs / 10);
}
