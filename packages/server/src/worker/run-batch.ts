import type { ItemError, MemoryId } from "@memlane/core";
import { isBlank } from "@memlane/core/internal";
import type { Database } from "../database/database.ts";
import { succeedBatch } from "../jobs/end-job.ts";
import { advanceBatch, lockBatchProgress, type ClaimedJob } from "../store/leased-jobs.ts";
import type { StoredJob } from "../store/job-row.ts";
import { admitMemories } from "../memories/insert-within-limits.ts";
import type { LimitsOf } from "../cached-rows/cached-limits.ts";
import { insertMemories } from "../store/memories.ts";
import { inSpan } from "../tracing/in-span.ts";
import { newMemoryOfItem, type StoredItem } from "../memories/new-memory-of-item.ts";

/** The most items imported in one transaction. A crash undoes at most this number. */
const itemsPerStep = 100;

/** The most characters imported in one transaction, which take about a tenth of a second, unless one item has more. */
const charactersPerStep = 100_000;

/** How long a batch runs at a time, in milliseconds. Then it goes back to its place in the queue, because other jobs may wait. */
const sliceMs = 250;

/** The same for a batch of many characters, because reading its request again for each turn takes long. */
const longSliceMs = 1000;
const longCharacters = 1_000_000;

/** A batch to import. */
export interface BatchRun {
  readonly database: Database;
  readonly job: ClaimedJob;
  readonly items: readonly StoredItem[];
  readonly newMemoryId: () => MemoryId;
  readonly limitsOf: LimitsOf;
  /** Called after each step but the last. */
  readonly onProgress: () => void;
  readonly signal: AbortSignal;
}

/**
 * Imports a batch step by step. The memories and counters of a step commit together, so after a crash the import continues at
 * the position of the counters, and imports no item twice. Resolves with the job when it has ended. Resolves with undefined if `signal`
 * aborts, another worker took the job, or its slice of time is over.
 */
export async function runBatch({
  database,
  job,
  items,
  newMemoryId,
  limitsOf,
  onProgress,
  signal,
}: BatchRun): Promise<StoredJob | undefined> {
  const isLong = items.reduce((sum, { content }) => sum + content.length, 0) > longCharacters;
  const untilMs = performance.now() + (isLong ? longSliceMs : sliceMs);
  for (;;) {
    const limits = await limitsOf(job.orgId);
    const step = await inSpan("import items", {}, () =>
      database.transaction(async (sql) => {
        const done = await lockBatchProgress(sql, job);
        if (done === undefined) return undefined;
        const places = itemsOfStep(items, done).map((item, offset) => ({
          item,
          index: done + offset,
          memory: isBlank(item.content) ? undefined : newMemoryOfItem(item, newMemoryId()),
        }));
        const memories = places.flatMap(({ memory }) => memory ?? []);
        const { admitted, refusals } = await admitMemories(sql, {
          orgId: job.orgId,
          limits,
          memories,
          arePromised: true,
        });
        await insertMemories(sql, job.orgId, admitted);
        const reasons = new Map(memories.map((memory, index) => [memory, refusals[index]]));
        const errors = places.flatMap(({ item, index, memory }) => {
          const reason = memory === undefined ? reasonOf(item) : reasons.get(memory);
          return reason === undefined ? [] : itemError(index, item, reason);
        });
        await advanceBatch(sql, job, admitted.length, errors);
        if (done + places.length < items.length) return "more";
        return succeedBatch(sql, job);
      }),
    );
    if (step !== "more") return step;
    onProgress();
    if (signal.aborted || performance.now() > untilMs) return undefined;
  }
}

/** The items to import in the next transaction. */
function itemsOfStep(items: readonly StoredItem[], done: number): readonly StoredItem[] {
  let characters = 0;
  const next = items.slice(done, done + itemsPerStep);
  const end = next.findIndex(({ content }) => (characters += content.length) > charactersPerStep);
  return end === -1 ? next : next.slice(0, Math.max(1, end));
}

/** Why an item is not imported. */
type Reason = Required<Pick<ItemError, "code" | "retryable">> & { readonly message: string };

function reasonOf({ refused }: StoredItem): Reason {
  return refused === undefined
    ? { code: "empty_content", message: "content must not be empty", retryable: false }
    : { code: "invalid_item", message: refused, retryable: false };
}

/** The error of an item, with its `metadata.id` if it has one. */
function itemError(index: number, { metadata }: StoredItem, { code, message, retryable }: Reason): ItemError {
  const id = metadata?.["id"];
  const error = { index, error: message, code, retryable };
  return typeof id === "string" && id.length <= 255 ? { ...error, id } : error;
}
