import type { BatchItem, ItemError, Job, MemoryId } from "@memlane/core";
import type { Database } from "../database/database.ts";
import { advanceBatch, lockBatchProgress, succeedBatch, type ClaimedJob } from "../store/held-jobs.ts";
import { insertWithinLimits } from "../memories/insert-within-limits.ts";
import type { LimitsOf } from "../cached-rows/cached-limits.ts";
import { inSpan } from "../tracing/in-span.ts";
import { newMemoryOfItem } from "../memories/new-memory-of-item.ts";

/** How many items are imported in one transaction: a step of the counters, and what a crash undoes. */
const itemsPerStep = 100;

/** How long a batch is worked on while others may wait for the worker; then it goes back to its place in the line. */
const sliceMs = 250;

/** A batch to import. */
export interface BatchRun {
  readonly database: Database;
  readonly job: ClaimedJob;
  readonly items: readonly BatchItem[];
  readonly newMemoryId: () => MemoryId;
  readonly limitsOf: LimitsOf;
  /** Called after each step but the last. */
  readonly onProgress: () => void;
  readonly signal: AbortSignal;
}

/**
 * Imports a batch step by step. Each step's memories and counters commit together, so the counters say where to
 * go on after a crash, and no item is imported twice. Answers with the job when it ended; not when `signal` aborts,
 * another worker took the job, or its slice of time is over.
 */
export async function runBatch({
  database,
  job,
  items,
  newMemoryId,
  limitsOf,
  onProgress,
  signal,
}: BatchRun): Promise<Job | undefined> {
  const untilMs = performance.now() + sliceMs;
  for (;;) {
    const limits = await limitsOf(job.orgId);
    const step = await inSpan("import items", {}, () =>
      database.transaction(async (sql) => {
        const done = await lockBatchProgress(sql, job);
        if (done === undefined) return undefined;
        const places = items.slice(done, done + itemsPerStep).map((item, offset) => ({
          item,
          index: done + offset,
          memory: item.content.trim() === "" ? undefined : newMemoryOfItem(item, newMemoryId()),
        }));
        const memories = places.flatMap(({ memory }) => memory ?? []);
        const { stored, refusals } = await insertWithinLimits(sql, {
          orgId: job.orgId,
          limits,
          memories,
          arePromised: true,
        });
        const reasons = new Map(memories.map((memory, index) => [memory, refusals[index]]));
        const errors = places.flatMap(({ item, index, memory }) => {
          const reason = memory === undefined ? emptyContent : reasons.get(memory);
          return reason === undefined ? [] : itemError(index, item, reason);
        });
        await advanceBatch(sql, job, stored.length, errors);
        if (done + itemsPerStep < items.length) return "more";
        return succeedBatch(sql, job);
      }),
    );
    if (step !== "more") return step;
    onProgress();
    if (signal.aborted || performance.now() > untilMs) return undefined;
  }
}

/** Why an item does not land. */
type Reason = Required<Pick<ItemError, "code" | "retryable">> & { readonly message: string };

const emptyContent: Reason = {
  code: "empty_content",
  message: "content must not be empty",
  retryable: false,
};

/** The error of an item; its `id` is the `metadata.id` that the client may have given it. */
function itemError(index: number, { metadata }: BatchItem, { code, message, retryable }: Reason): ItemError {
  const id = metadata?.["id"];
  const error = { index, error: message, code, retryable };
  return typeof id === "string" && id.length <= 255 ? { ...error, id } : error;
}
