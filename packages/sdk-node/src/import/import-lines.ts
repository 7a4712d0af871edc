import { createHash, randomUUID } from "node:crypto";
import type { Client, MemlaneError } from "@memlane/core";
import type { Checkpoint } from "./checkpoint.ts";
import type { ImportContext, LineJob } from "./follow-job.ts";
import { importBatch, type MemoryLine } from "./import-batch.ts";
import { importConversation, type ConversationRequest } from "./import-conversation.ts";
import { createLane } from "./lane.ts";
import { chunkLines, type LineChunk } from "./line-chunks.ts";
import { planLine } from "./plan-line.ts";
import type { SourceLine } from "./split-lines.ts";
import { createSubmit, type SubmitSettings } from "./submit.ts";
import {
  addCounts,
  createTally,
  maximumErrors,
  nothingDone,
  type ImportCounts,
  type ImportProgress,
  type LineError,
  type LineOutcome,
  type Tally,
} from "./tally.ts";

/** How to import. */
export interface ImportLinesOptions {
  /** The user of every line that names none. */
  readonly userId?: string | undefined;
  /** How many lines to import, those without text aside. @default Infinity */
  readonly limit?: number | undefined;
  /** How many ingest jobs may be unfinished at a time. @default 8 */
  readonly concurrency?: number | undefined;
  /**
   * Whether the server knows a request that is sent again by its `Idempotency-Key`. With `false` what was not answered
   * is not sent again, but noted as failed. @default true
   */
  readonly knowsKeys?: boolean | undefined;
  /** Ends the reading, sending and waiting; what is on its way to the server goes on there. */
  readonly signal?: AbortSignal | undefined;
  /** Told whenever a number moves. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /**
   * Told what became of each line, in their order. An import that is taken up begins behind the last line that its
   * checkpoint holds: of some lines before the interruption it may tell again.
   */
  readonly onOutcome?: ((outcome: LineOutcome) => void) | undefined;
  /** Told why a request has to wait. */
  readonly onWait?: ((error: MemlaneError) => void) | undefined;
}

/** What an import does its work with. */
export interface ImportTools {
  readonly client: Client;
  readonly runtime: SubmitSettings["runtime"];
  /** Where to note how far it has come. */
  readonly checkpoint?: Checkpoint | undefined;
}

/** What an import has done, also before it was taken up. */
export interface ImportReport {
  /** What it came to, in numbers. */
  readonly counts: ImportCounts;
  /** By line; may be shorter than `counts.failed` says. */
  readonly errors: readonly LineError[];
  /** The jobs that go on without us; empty unless the import ended early. */
  readonly left: readonly LineJob[];
  /** Why the server ended the import; undefined when it came to its end or was aborted. */
  readonly halted: MemlaneError | undefined;
  /** The last line whose fate is known, as that of every line before it is: behind it, an import is taken up. */
  readonly settledThrough: number;
  /** Whether every line was settled: false when the import was halted or aborted. */
  readonly isComplete: boolean;
}

/** What an import has done, and whether any of it can be at the server. */
export interface ImportEnd {
  readonly report: ImportReport;
  /** Whether the server surely holds nothing of the import, so that there is nothing to take up. */
  readonly leftNothing: boolean;
}

/** How many of an account's batches a server lets be unfinished. */
const maximumBatches = 3;
/** How many chunks may be under way or done before the first of them is: it bounds what is kept in memory. */
const maximumChunks = 8;

/**
 * Sends lines as jobs and waits for the jobs to end. It reads no further ahead than the jobs that may run at a
 * time, so a file of any length takes the same memory.
 * @throws Error when the lines are not those that the checkpoint is about
 */
export async function importLines(
  lines: AsyncIterable<SourceLine>,
  { client, runtime, checkpoint }: ImportTools,
  options: ImportLinesOptions = {},
): Promise<ImportEnd> {
  const { userId, limit, concurrency = 8, knowsKeys = true } = options;
  const { onProgress = () => {}, onOutcome = () => {}, onWait = () => {} } = options;
  const halting = new AbortController();
  let halted: MemlaneError | undefined;
  const halt = (error: MemlaneError) => {
    halted ??= error;
    halting.abort(error);
  };
  const signal = AbortSignal.any([halting.signal, ...(options.signal ? [options.signal] : [])]);
  const resumption = checkpoint?.resumption;
  const progress = { ...(resumption?.progress ?? nothingDone) };
  const settledProgress = { ...progress };
  let settledThrough = resumption?.lastLine ?? 0;
  const errors = [...(resumption?.errors ?? [])];
  const uncommitted = new Set<Tally>();
  const running = new Map<string, LineJob>();
  let leftNothing = checkpoint?.isNew ?? true;
  const shared = {
    client,
    submit: createSubmit({
      runtime,
      knowsKeys,
      signal,
      halt,
      onWait,
      onMayHold: () => (leftNothing = false),
    }),
    importId: checkpoint?.importId ?? randomUUID(),
    signal,
    halt,
    running,
  };
  const batches = createLane(maximumBatches);
  const conversations = createLane(concurrency);

  /** Sends a chunk; resolves when it is on its way, with a promise of whether all of it settled. */
  const begin = async (chunk: LineChunk) => {
    const tally = createTally((changes) => {
      addCounts(progress, changes);
      onProgress({ ...progress });
    });
    uncommitted.add(tally);
    const context: ImportContext = { ...shared, tally };
    tally.add({ lines: chunk.lines.length });
    const { memories, requests, problems } = planChunk(chunk, userId);
    for (const { line, problem } of problems) {
      const { number, byteLength } = line;
      tally.fail({ line: number, error: problem, code: "unreadable_line", retryable: false, job: null });
      tally.add({ settledLines: 1, settledBytes: byteLength });
    }
    const blankBytes = chunk.byteLength - chunk.lines.reduce((sum, { byteLength }) => sum + byteLength, 0);
    tally.add({ settledBytes: blankBytes });
    const tasks: Promise<boolean>[] = [];
    const run = (work: () => Promise<boolean>) => async () => {
      const task = work();
      tasks.push(task);
      await task;
    };
    if (memories.length > 0) await batches.begin(run(() => importBatch(context, memories)));
    for (const request of requests)
      await conversations.begin(run(() => importConversation(context, request)));
    // What one of them throws, its lane does.
    const settled = Promise.allSettled(tasks).then((ends) =>
      ends.every((end) => end.status === "fulfilled" && end.value),
    );
    return { tally, settled };
  };

  /** Tells and notes the chunks in their order, whichever settles first; the first that does not is the last. */
  const commit = async (
    { tally, settled }: Awaited<ReturnType<typeof begin>>,
    lastLine: number,
    digest: string,
  ) => {
    if (!(await settled)) return false;
    uncommitted.delete(tally);
    for (const outcome of [...tally.outcomes.values()].toSorted((a, b) => a.line - b.line))
      onOutcome(outcome);
    errors.push(...tally.errors.slice(0, maximumErrors - errors.length));
    addCounts(settledProgress, tally.progress());
    settledThrough = lastLine;
    await checkpoint?.append({ lastLine, digest, progress: { ...settledProgress }, errors: tally.errors });
    return true;
  };

  let defect: { readonly error: unknown } | undefined;
  const stop = (error: unknown) => {
    defect ??= { error };
    halting.abort(error);
  };

  const hash = createHash("sha256");
  let hasResumed = resumption === undefined || resumption.lastLine === 0;
  const open: Promise<boolean>[] = [];
  let committed = Promise.resolve(true);
  try {
    for await (const chunk of chunkLines(lines, limit)) {
      if (signal.aborted) break;
      for (const line of chunk.lines) hash.update("text" in line ? line.text : line.problem).update("\n");
      const digest = hash.copy().digest("base64");
      if (!hasResumed) {
        hasResumed = resumption?.lastLine === chunk.lastLine && resumption.digest === digest;
        if (!hasResumed && chunk.lastLine >= (resumption?.lastLine ?? 0)) break;
        continue;
      }
      const begun = await begin(chunk);
      const earlier = committed;
      committed = (async () => (await earlier) && commit(begun, chunk.lastLine, digest))().catch((error) => {
        stop(error);
        return false;
      });
      open.push(committed);
      if (open.length >= maximumChunks) await open.shift();
    }
  } catch (error) {
    // An aborted stream ends with an error of its own.
    if (!signal.aborted) stop(error);
  }
  await Promise.all([batches.idle(), conversations.idle()]).catch(stop);
  const isComplete = (await committed) && !signal.aborted;
  if (!hasResumed && !signal.aborted) {
    throw new Error(
      "these are not the lines that the import was begun with: take it up with the same, or delete its checkpoint " +
        "to begin anew",
    );
  }
  if (defect !== undefined) throw defect.error;
  for (const tally of uncommitted) errors.push(...tally.errors.slice(0, maximumErrors - errors.length));
  const { settledLines: _, settledBytes: __, unsent, ...counts } = progress;
  const report = {
    // Lines of several requests count in shares.
    counts: { ...counts, unsent: Math.round(unsent) },
    errors: errors.toSorted((a, b) => a.line - b.line),
    left: [...running.values()],
    halted,
    settledThrough,
    isComplete,
  };
  return { report, leftNothing };
}

/** What the lines of a chunk are sent as. */
interface ChunkPlan {
  readonly memories: readonly MemoryLine[];
  readonly requests: readonly ConversationRequest[];
  readonly problems: readonly { readonly line: SourceLine; readonly problem: string }[];
}

function planChunk({ lines }: LineChunk, userId: string | undefined): ChunkPlan {
  const memories: MemoryLine[] = [];
  const requests: ConversationRequest[] = [];
  const problems: { line: SourceLine; problem: string }[] = [];
  for (const line of lines) {
    const plan = "text" in line ? planLine(line.text, { userId }) : ({ type: "problem", ...line } as const);
    switch (plan.type) {
      case "problem":
        problems.push({ line, problem: plan.problem });
        break;
      case "memory":
        memories.push({ line, item: plan.item });
        break;
      case "conversation": {
        const share = 1 / plan.requests.length;
        requests.push(...plan.requests.map((request, index) => ({ line, request, index, share })));
      }
    }
  }
  return { memories, requests, problems };
}
