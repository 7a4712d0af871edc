import type { BatchItem } from "@memlane/core";
import { batchFailures } from "./batch-failures.ts";
import { followJob, settle, type ImportContext } from "./follow-job.ts";
import type { SourceLine } from "./split-lines.ts";
import { refusalOf } from "./tally.ts";

/** A memory and the line that it comes from. */
export interface MemoryLine {
  readonly line: SourceLine;
  readonly item: BatchItem;
}

/**
 * Imports the memories as one batch. If the server refuses the batch as a whole, it is halved until the
 * refused memory is alone. Never rejects: the tally records everything. Resolves with false if the import
 * ended first.
 */
export async function importBatch(context: ImportContext, memories: readonly MemoryLine[]): Promise<boolean> {
  const { client, submit, tally, importId } = context;
  const lines = memories.map(({ line }) => line);
  const numbers = lines.map(({ number }) => number);
  const [firstLine = 0] = numbers;
  const lastLine = numbers.at(-1) ?? firstLine;
  // The key depends only on the position in the file, so a continued import sends the same.
  const idempotencyKey = `${importId}:${firstLine}-${lastLine}`;

  const items = memories.map(({ item }) => item);
  const submission = await submit(() => client.batch.create(items, { idempotencyKey }));
  if (submission.type === "unsent") {
    tally.add({ unsent: memories.length });
    return false;
  }
  if (submission.type === "refused") {
    if (submission.isWorthSplitting && memories.length > 1) {
      const middle = Math.ceil(memories.length / 2);
      const first = await importBatch(context, memories.slice(0, middle));
      const second = await importBatch(context, memories.slice(middle));
      return first && second;
    }
    for (const line of numbers) tally.fail(refusalOf(submission.error, line, null));
    settle(tally, lines, 1);
    return true;
  }

  const { id } = submission.job;
  const lineJob = { id, kind: "batch", firstLine, lastLine } as const;
  const following = await followJob(context, lineJob, (options) => client.batch.pollUntilDone(id, options));
  switch (following.type) {
    case "left":
      return false;
    case "lost":
      // The batch was accepted and will end, but the outcome of each memory is unknown.
      tally.fail(refusalOf(following.error, firstLine, id), {
        count: memories.length,
        lines: numbers,
        outcome: "unknown",
      });
      break;
    case "ended": {
      for (const { error, scope } of batchFailures(following.job, numbers)) tally.fail(error, scope);
      tally.land(numbers, id);
      tally.add({ imported: following.job.imported });
    }
  }
  settle(tally, lines, 1);
  return true;
}
