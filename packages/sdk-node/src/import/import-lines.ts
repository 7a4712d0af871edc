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
  /** How many lines to import, not counting empty ones. @default Infinity */
  readonly limit?: number | undefined;
  /** How many ingest jobs may be unfinished at a time. @default 8 */
  readonly concurrency?: number | undefined;
  /**
   * Whether the server supports `Idempotency-Key`. If not, an unanswered request is not repeated, but
   * recorded as failed. @default true
   */
  readonly supportsIdempotency?: boolean | undefined;
  /** Stops reading, sending and waiting; submitted jobs continue on the server. */
  readonly signal?: AbortSignal | undefined;
  /** Called whenever a number changes. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /**
   * Called with the outcome of each line, in order. A continued import starts after the last line in its
   * checkpoint, so it may report some lines again.
   */
  readonly onOutcome?: ((outcome: LineOutcome) => void) | undefined;
  /** Called with the reason when a request has to wait. */
  readonly onWait?: ((error: MemlaneError) => void) | undefined;
}

export interface ImportTools {
  readonly client: Client;
  readonly runtime: SubmitSettings["runtime"];
  /** Where to record the progress. */
  readonly checkpoint?: Checkpoint | undefined;
}

/** The result of an import, including the runs before it was continued. */
export interface ImportReport {
  /** The counts. */
  readonly counts: ImportCounts;
  /** Sorted by line; may be shorter than `counts.failed`. */
  readonly errors: readonly LineError[];
  /** The jobs that continue on the server; empty unless the import ended early. */
  readonly left: readonly LineJob[];
  /** Why the server ended the import; undefined if it finished or was aborted. */
  readonly halted: MemlaneError | undefined;
  /** The last line up to which all lines are finished; an import continues after it. */
  readonly settledThrough: number;
  /** Whether every line is finished: false if the import was ended or aborted. */
  readonly isComplete: boolean;
}

/** The result of an import, and whether the server accepted nothing. */
export interface ImportEnd {
  readonly report: ImportReport;
  /** Whether the server certainly accepted nothing. Then there is nothing to continue. */
  readonly leftNothing: boolean;
}

/** How many unfinished batches a server allows for one organisation. */
const maximumBatches = 3;
/** How many chunks may be started before the first of them is finished; limits the memory. */
const maximumChunks = 8;

/**
 * Sends lines as jobs and waits for the jobs to end. It reads only as far ahead as jobs may run, so a file of
 * any length takes the same memory.
 * @throws Error if the checkpoint belongs to other lines
 */
export async function importLines(
  lines: AsyncIterable<SourceLine>,
  { client, runtime, checkpoint }: ImportTools,
  options: ImportLinesOptions = {},
): Promise<ImportEnd> {
  const { userId, limit, concurrency = 8, supportsIdempotency = true } = options;
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
      supportsIdempotency,
      signal,
      halt,
      onWait,
      onMaybeAccepted: () => (leftNothing = false),
    }),
    importId: checkpoint?.importId ?? randomUUID(),
    signal,
    halt,
    running,
  };
  const batches = createLane(maximumBatches);
  const conversations = createLane(concurrency);

  /** Sends a chunk. Resolves when it is sent. `settled` then resolves with whether all of it finished. */
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
    // The lanes throw the errors of tasks, so they are not handled here.
    const settled = Promise.allSettled(tasks).then((ends) =>
      ends.every((end) => end.status === "fulfilled" && end.value),
    );
    return { tally, settled };
  };

  /** Waits until a chunk is finished, then reports and records it. Resolves with false if it stays unfinished. */
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
      // Chunks are committed in order, and none after an unfinished one.
      const earlier = committed;
      committed = (async () => (await earlier) && commit(begun, chunk.lastLine, digest))().catch((error) => {
        stop(error);
        return false;
      });
      open.push(committed);
      if (open.length >= maximumChunks) await open.shift();
    }
  } catch (error) {
    // After an abort, the error is only that of the aborted stream.
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
    // Each request counts as a fraction of its line, so the sum may not be whole.
    counts: { ...counts, unsent: Math.round(unsent) },
    errors: errors.toSorted((a, b) => a.line - b.line),
    left: [...running.values()],
    halted,
    settledThrough,
    isComplete,
  };
  return { report, leftNothing };
}

/** The requests for the lines of a chunk. */
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
