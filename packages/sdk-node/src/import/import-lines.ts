import { maximumBatchSize, type Client, type MemlaneError } from "@memlane/core";
import type { ImportContext, LineJob } from "./follow-job.ts";
import { importBatch, type MemoryLine } from "./import-batch.ts";
import { importConversation } from "./import-conversation.ts";
import { createLane } from "./lane.ts";
import { planLine } from "./plan-line.ts";
import type { SourceLine } from "./split-lines.ts";
import { createSubmit, type SubmitSettings } from "./submit.ts";
import { createTally, type ImportCounts, type ImportProgress, type LineError } from "./tally.ts";

/** What to import with, and how. */
export interface ImportOptions {
  readonly client: Client;
  readonly runtime: SubmitSettings["runtime"];
  /** The user of every line that names none. */
  readonly userId?: string | undefined;
  /** How many lines to import. @default Infinity */
  readonly limit?: number | undefined;
  /** How many ingest jobs may be unfinished at a time. @default 8 */
  readonly concurrency?: number | undefined;
  /** Ends the reading, sending and waiting. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Told why a request has to wait. */
  readonly onWait?: ((error: MemlaneError) => void) | undefined;
}

/** What an import has done. */
export interface ImportReport {
  readonly counts: ImportCounts;
  /** By line; may be shorter than `counts.failed` says. */
  readonly errors: readonly LineError[];
  /** The jobs that go on without us; empty unless the import ended early. */
  readonly left: readonly LineJob[];
  /** Why the server ended the import; undefined when it came to its end or was aborted. */
  readonly halted: MemlaneError | undefined;
}

/** How many of an account's batches a server lets be unfinished. */
const maximumBatches = 3;

/**
 * Sends lines as jobs and waits for the jobs to end. It reads no further ahead than the jobs that may run at a
 * time, so a file of any length takes the same memory.
 */
export async function importLines(
  lines: AsyncIterable<SourceLine>,
  options: ImportOptions,
): Promise<ImportReport> {
  const { client, runtime, userId, limit = Infinity, concurrency = 8 } = options;
  const { onProgress = () => {}, onWait = () => {} } = options;
  const halting = new AbortController();
  let halted: MemlaneError | undefined;
  const halt = (error: MemlaneError) => {
    halted ??= error;
    halting.abort(error);
  };
  const signal = AbortSignal.any([halting.signal, ...(options.signal ? [options.signal] : [])]);
  const tally = createTally(onProgress);
  const running = new Map<string, LineJob>();
  const submit = createSubmit({ runtime, signal, halt, onWait });
  const context: ImportContext = { client, submit, tally, signal, running };

  const conversations = createLane(concurrency);
  const batches = createLane(maximumBatches);
  let memories: MemoryLine[] = [];
  const beginBatch = async () => {
    const batch = memories;
    memories = [];
    if (batch.length > 0) await batches.begin(() => importBatch(context, batch));
  };
  const begin = async (line: SourceLine) => {
    const plan = "text" in line ? planLine(line.text, { userId }) : ({ type: "problem", ...line } as const);
    switch (plan.type) {
      case "problem":
        tally.fail({ line: line.number, error: plan.problem, job: null });
        return tally.add({ settledLines: 1, settledBytes: line.byteLength });
      case "memory":
        memories.push({ line, item: plan.item });
        return memories.length === maximumBatchSize ? beginBatch() : undefined;
      case "conversation":
        for (const request of plan.requests) {
          await conversations.begin(() =>
            importConversation(context, line, request, 1 / plan.requests.length),
          );
        }
    }
  };

  try {
    for await (const line of lines) {
      if (signal.aborted) break;
      if ("text" in line && line.text.trim() === "") {
        tally.add({ settledBytes: line.byteLength });
        continue;
      }
      tally.add({ lines: 1 });
      await begin(line);
      if (tally.progress().lines >= limit) break;
    }
  } catch (error) {
    // An aborted stream ends with an error of its own.
    if (!signal.aborted) throw error;
  }
  await beginBatch();
  await Promise.all([batches.idle(), conversations.idle()]);
  const { settledLines: _, settledBytes: __, unsent, ...counts } = tally.progress();
  // Lines of several requests count in shares.
  return {
    counts: { ...counts, unsent: Math.round(unsent) },
    errors: tally.errors.toSorted((a, b) => a.line - b.line),
    left: [...running.values()],
    halted,
  };
}
