import type { BatchItem } from "@memlane/core";
import { batchFailures } from "./batch-failures.ts";
import { followJob, settle, type ImportContext } from "./follow-job.ts";
import type { SourceLine } from "./split-lines.ts";

/** A memory and the line that it comes from. */
export interface MemoryLine {
  readonly line: SourceLine;
  readonly item: BatchItem;
}

/**
 * Imports the memories as one batch. One that the server refuses as a whole is halved until the memory that is
 * to blame stands alone. Never rejects: the tally has it all.
 */
export async function importBatch(context: ImportContext, memories: readonly MemoryLine[]): Promise<void> {
  const { client, submit, tally } = context;
  const lines = memories.map(({ line }) => line);
  const numbers = lines.map(({ number }) => number);
  const [firstLine = 0] = numbers;
  const lastLine = numbers.at(-1) ?? firstLine;

  const submission = await submit(() => client.batch.create(memories.map(({ item }) => item)));
  if (submission.type === "unsent") return tally.add({ unsent: memories.length });
  if (submission.type === "refused") {
    if (submission.isWorthSplitting && memories.length > 1) {
      const middle = Math.ceil(memories.length / 2);
      await importBatch(context, memories.slice(0, middle));
      return importBatch(context, memories.slice(middle));
    }
    for (const line of numbers) tally.fail({ line, error: submission.error.message, job: null });
    return settle(tally, lines, 1);
  }

  const { id } = submission.job;
  let imported = 0;
  let share = 0;
  const following = await followJob(context, { id, kind: "batch", firstLine, lastLine }, (options) =>
    client.batch.pollUntilDone(id, {
      ...options,
      onProgress: (job) => {
        const shareNow = (job.imported + job.failed) / memories.length;
        tally.add({ imported: job.imported - imported });
        settle(tally, lines, shareNow - share);
        imported = job.imported;
        share = shareNow;
      },
    }),
  );
  switch (following.type) {
    case "left":
      return;
    case "lost":
      tally.fail({ line: firstLine, error: following.error.message, job: id }, memories.length - imported);
      break;
    case "ended":
      for (const { error, count } of batchFailures(following.job, numbers)) tally.fail(error, count);
  }
  settle(tally, lines, 1 - share);
}
