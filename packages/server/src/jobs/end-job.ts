// Ends jobs. The statement that ends a job also enqueues the webhook deliveries.
import type { IngestResult, JobFailure, JobId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import type { AttemptStage } from "../store/attempt-log.ts";
import {
  storeBatchSuccess,
  storeFailure,
  storeIngestSuccess,
  type ClaimedJob,
} from "../store/leased-jobs.ts";
import type { StoredJob } from "../store/job-row.ts";
import { readJobsToCancel, storeCancellations, type JobToCancel } from "../store/jobs-by-filter.ts";
import type { Notice } from "../store/webhook-deliveries.ts";
import { noticeOfBatch, noticeOfFailure, noticeOfSuccess } from "../webhooks/notices.ts";
import { boundResult } from "./bound-result.ts";

const longestMessage = 1000; // characters
const cancelled: JobFailure = { type: "cancelled", code: "cancelled", message: "the job was cancelled" };

/**
 * Ends an ingest job as succeeded. Undefined if the lease is lost: the caller must roll back the
 * transaction.
 */
export async function succeedIngest(
  sql: Sql,
  job: ClaimedJob,
  result: IngestResult,
  stages: readonly AttemptStage[] = [],
): Promise<StoredJob | undefined> {
  const bounded = boundResult(result);
  return storeIngestSuccess(sql, job, {
    result: bounded,
    unread: unreadMessages(job.request, result),
    stages,
    notice: noticeOfSuccess(job, bounded, new Date()),
  });
}

/** Ends a batch after its last item. Undefined if the lease is lost. */
export async function succeedBatch(sql: Sql, job: ClaimedJob): Promise<StoredJob | undefined> {
  return storeBatchSuccess(sql, job, noticeOfBatch(job.id, new Date()));
}

/** Ends a job as failed. Undefined if the lease is lost. */
export async function failJob(
  sql: Sql,
  job: ClaimedJob,
  reason: JobFailure,
  stages: readonly AttemptStage[] = [],
): Promise<StoredJob | undefined> {
  const failure = { ...reason, message: reason.message.slice(0, longestMessage).toWellFormed() };
  const now = new Date();
  const notice =
    job.kind === "ingest" ? noticeOfFailure(job, failure, now) : noticeOfBatch(job.id, now, failure);
  return storeFailure(sql, job, { failure, stages, notice });
}

/** Cancels jobs. Returns the ids of those that had not ended. */
export async function cancelJobs(sql: Sql, orgId: string, ids: readonly JobId[]): Promise<JobId[]> {
  const at = new Date();
  const jobs = (await readJobsToCancel(sql, orgId, ids)).map((job) => ({
    id: job.id,
    notice: noticeOfCancellation(job, at),
  }));
  return storeCancellations(sql, orgId, { jobs, failure: cancelled });
}

function noticeOfCancellation({ id, kind, conversation }: JobToCancel, at: Date): Notice | undefined {
  if (kind === "batch") return noticeOfBatch(id, at, cancelled);
  return conversation === null ? undefined : noticeOfFailure({ id, request: conversation }, cancelled, at);
}

/** The conversation reduced to the failed messages without memories. Undefined if there are none. */
function unreadMessages(request: unknown, { messages = [] }: IngestResult): object | undefined {
  const unread = messages.filter(({ outcome, memoryIds }) => outcome === "failed" && memoryIds.length === 0);
  if (unread.length === 0) return undefined;
  const conversation = request as { readonly messages: readonly unknown[] }; // the route validated it
  return { ...conversation, messages: unread.map(({ index }) => conversation.messages[index]) };
}
