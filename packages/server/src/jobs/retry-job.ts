import { isTerminal, MemlaneError, type JobId } from "@memlane/core";
import type { Database } from "../database/database.ts";
import type { TraceHeaders } from "../tracing/trace-headers.ts";
import { insertRetry, lockEndedJob, releaseRequest, type JobToRetry } from "../store/ended-jobs.ts";
import { lockOrg } from "../store/lock-orgs.ts";
import type { KeyedRequest } from "../store/idempotency-keys.ts";
import { insertUnderLock, type InsertContext } from "./insert-jobs-within-limits.ts";
import { jobNotFound } from "./job-not-found.ts";
import type { Limits } from "../store/limits.ts";
import type { StoredJob } from "../store/job-row.ts";

/** The job to retry, and the new job. */
export interface JobRetry {
  readonly orgId: string;
  readonly oldId: JobId;
  readonly id: JobId;
  readonly keyed: KeyedRequest | undefined;
  readonly limits: Limits;
  readonly trace: TraceHeaders | undefined;
}

/**
 * Enqueues a new job for the unfinished part of an ended job. It takes over the stored request from
 * the old job. Undefined if the key is taken.
 *
 * @throws MemlaneError `job_not_found`; `conflict` if the job has not ended or nothing is left; the
 * errors of the limits
 */
export async function retryJob(
  database: Database,
  { orgId, oldId, id, keyed, limits, trace }: JobRetry,
  context: InsertContext,
): Promise<StoredJob | undefined> {
  return database
    .transaction(async (sql) => {
      const old = await lockEndedJob(sql, orgId, oldId);
      assertRetriable(old);
      const { kind, received, agentId, requestOf } = old;
      if (requestOf !== oldId) await releaseRequest(sql, oldId);
      await lockOrg(sql, orgId);
      const judged = { id, orgId, kind, received, agentId, request: undefined };
      const offer = { id, orgId, limits, keyed, job: judged, json: undefined };
      const copy = { orgId, oldId, id, received, requestOf, trace };
      const [made] = await insertUnderLock(sql, [offer], context, (_, admitted, keepHours) =>
        Promise.all(admitted.map(() => insertRetry(sql, { ...copy, keepHours }))),
      );
      if (MemlaneError.is(made)) throw made; // rolls back the transaction: the old job keeps its request
      if (made === undefined) throw new KeyTakenError();
      return made;
    })
    .catch((error: unknown) => {
      if (error instanceof KeyTakenError) return undefined;
      throw error;
    });
}

/** @throws MemlaneError if the job does not exist, or cannot be retried */
function assertRetriable(job: JobToRetry | undefined): asserts job is JobToRetry {
  const conflict = (message: string) => new MemlaneError({ code: "conflict", message });
  if (job === undefined) throw jobNotFound();
  if (!isTerminal(job.state)) throw conflict("the job has not ended: wait, or cancel it");
  if (job.isRetried) throw conflict("the job was retried already: retry the new job");
  if (job.hasRequest) return;
  throw conflict(
    job.kind === "batch"
      ? "every item of the batch was stored, or the batch was retried already"
      : "nothing is left to retry: every message was read, or the job was retried already",
  );
}

/** Thrown to roll back the transaction if the key is taken. */
class KeyTakenError extends Error {}
