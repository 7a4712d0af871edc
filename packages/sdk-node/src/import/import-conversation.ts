import type { IngestRequest } from "@memlane/core";
import { learnedOf } from "@memlane/core/internal";
import { followJob, settle, type ImportContext } from "./follow-job.ts";
import type { SourceLine } from "./split-lines.ts";
import { refusalOf } from "./tally.ts";

/** One of the requests for a line. */
export interface ConversationRequest {
  readonly line: SourceLine;
  readonly request: IngestRequest;
  /** Its number, from 0. */
  readonly index: number;
  /** Its share of the line. */
  readonly share: number;
}

/**
 * Imports one request of a line. Never rejects: the tally records everything. Resolves with false if the
 * import ended first.
 */
export async function importConversation(
  context: ImportContext,
  { line, request, index, share }: ConversationRequest,
): Promise<boolean> {
  const { client, submit, tally, importId } = context;
  const { number } = line;
  const idempotencyKey = `${importId}:${number}.${index}`;
  const submission = await submit(() => client.memories.ingest(request, { idempotencyKey }));
  if (submission.type === "unsent") {
    tally.add({ unsent: share });
    return false;
  }
  if (submission.type === "refused") {
    tally.fail(refusalOf(submission.error, number, null));
    settle(tally, [line], share);
    return true;
  }

  const { id } = submission.job;
  const lineJob = { id, kind: "ingest", firstLine: number, lastLine: number } as const;
  const following = await followJob(context, lineJob, (options) =>
    client.memories.jobs.pollUntilDone(id, options),
  );
  switch (following.type) {
    case "left":
      return false;
    case "lost":
      tally.fail(refusalOf(following.error, number, id), { outcome: "unknown" });
      break;
    case "ended": {
      const { status, result, error } = following.job;
      tally.add({
        created: learnedOf(result?.memories_created).length,
        updated: result?.memories_updated.length ?? 0,
      });
      if (status !== "failed") tally.land([number], id);
      else {
        const { message = "the job failed", code = null } = error ?? {};
        tally.fail({ line: number, error: message, code, retryable: null, job: id });
      }
    }
  }
  settle(tally, [line], share);
  return true;
}
