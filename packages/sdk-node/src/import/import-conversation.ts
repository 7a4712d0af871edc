import type { IngestRequest } from "@memlane/core";
import { followJob, settle, type ImportContext } from "./follow-job.ts";
import type { SourceLine } from "./split-lines.ts";

/** Imports one request of a line; `share` says what part of the line it is. Never rejects: the tally has it all. */
export async function importConversation(
  context: ImportContext,
  line: SourceLine,
  request: IngestRequest,
  share: number,
): Promise<void> {
  const { client, submit, tally } = context;
  const submission = await submit(() => client.memories.ingest(request));
  if (submission.type === "unsent") return tally.add({ unsent: share });
  if (submission.type === "refused") {
    tally.fail({ line: line.number, error: submission.error.message, job: null });
    return settle(tally, [line], share);
  }

  const { id } = submission.job;
  const lineJob = { id, kind: "ingest", firstLine: line.number, lastLine: line.number } as const;
  const following = await followJob(context, lineJob, (options) =>
    client.memories.jobs.pollUntilDone(id, options),
  );
  switch (following.type) {
    case "left":
      return;
    case "lost":
      tally.fail({ line: line.number, error: following.error.message, job: id });
      break;
    case "ended": {
      const { status, result, error } = following.job;
      tally.add({
        created: result?.memories_created.length ?? 0,
        updated: result?.memories_updated.length ?? 0,
      });
      if (status === "failed")
        tally.fail({ line: line.number, error: error?.message ?? "the job failed", job: id });
    }
  }
  settle(tally, [line], share);
}
