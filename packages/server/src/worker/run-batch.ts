import type { BatchItem, ItemError } from "@memlane/core";
import type { Database } from "../database/database.ts";
import { advanceBatch, lockBatchProgress, succeedBatch, type ClaimedJob } from "../store/held-jobs.ts";
import { insertMemories, type NewMemory } from "../store/memories.ts";
import { newMemoryOfItem } from "./new-memory-of-item.ts";
import type { NewMemoryId } from "./worker.ts";

/** How many items are imported in one transaction: a step of the counters, and what a crash undoes. */
const itemsPerStep = 50;

/** How long a batch is worked on while others may wait for the worker; then it goes back to its place in the line. */
const sliceMs = 250;

/**
 * Imports a batch step by step. Each step's memories and counters commit together, so the counters say where to
 * go on after a crash, and no item is imported twice. Answers whether the job ended; not when `signal` aborts,
 * another worker took the job, or its slice of time is over.
 */
export async function runBatch(
  database: Database,
  job: ClaimedJob,
  items: readonly BatchItem[],
  newMemoryId: NewMemoryId,
  onProgress: () => void,
  signal: AbortSignal,
): Promise<boolean> {
  const untilMs = performance.now() + sliceMs;
  for (;;) {
    const step = await database.transaction(async (sql) => {
      const done = await lockBatchProgress(sql, job);
      if (done === undefined) return "lost";
      const memories: NewMemory[] = [];
      const errors: ItemError[] = [];
      items.slice(done, done + itemsPerStep).forEach((item, offset) => {
        if (item.content.trim() === "") errors.push(emptyContent(done + offset, item));
        else memories.push(newMemoryOfItem(item, newMemoryId()));
      });
      await insertMemories(sql, job.orgId, memories);
      await advanceBatch(sql, job, memories.length, errors);
      if (done + itemsPerStep < items.length) return "more";
      await succeedBatch(sql, job);
      return "ended";
    });
    if (step !== "more") return step === "ended";
    onProgress();
    if (signal.aborted || performance.now() > untilMs) return false;
  }
}

/** The error of an item without content; its `id` is the `metadata.id` that the client may have given it. */
function emptyContent(index: number, { metadata }: BatchItem): ItemError {
  const id = metadata?.["id"];
  const error = { index, error: "content must not be empty", code: "empty_content", retryable: false };
  return typeof id === "string" && id.length <= 255 ? { ...error, id } : error;
}
