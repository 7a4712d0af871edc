import type { MemlaneError } from "@memlane/core";
import type { Database, Sql } from "../database/database.ts";
import { judgeJobs, type JudgeContext } from "../limits/judge-jobs.ts";
import type { later } from "../database/coalesce.ts";
import { giveBackKeys } from "../store/idempotency-keys.ts";
import type { StoredJob } from "../store/job-row.ts";
import type { JobToInsert } from "../store/insert-jobs.ts";
import { readJobUsage } from "../store/job-usage.ts";
import { insertJobs } from "../store/insert-jobs.ts";
import { keysOf, writeUnderLock, takeKeysOf, type LimitedWrite } from "../limits/write-under-lock.ts";

/** A job to enqueue if the limits allow it. */
export interface LimitedJob extends JobToInsert, LimitedWrite {}

/** The time and estimates that the limits need, and how long jobs are kept. */
export interface InsertContext extends JudgeContext {
  /** How long a job is kept after its end. */
  readonly keepHours: number;
}

/**
 * Enqueues these jobs in one transaction, as far as the limits allow. Returns for each job, in the same
 * order:
 * - the job;
 * - undefined if its key is taken (this counts toward no limit);
 * - an error if a limit refuses it (its key stays free);
 * - `later` if another transaction has locked its organisation. If all jobs are of one
 * organisation, it waits for the lock instead.
 */
export async function insertJobsWithinLimits(
  database: Database,
  offers: readonly LimitedJob[],
  areOfOneOrg: boolean,
  context: InsertContext,
): Promise<(StoredJob | MemlaneError | undefined | typeof later)[]> {
  return database.transaction((sql) =>
    writeUnderLock(sql, offers, areOfOneOrg, (locked) => insertUnderLock(sql, locked, context)),
  );
}

/** Enqueues admitted jobs. Returns them in the same order. */
type InsertAdmitted = (
  sql: Sql,
  jobs: readonly LimitedJob[],
  keepHours: number,
) => Promise<readonly StoredJob[]>;

/** Does the same in the transaction of `sql`, which has locked the organisations. */
export async function insertUnderLock(
  sql: Sql,
  offers: readonly LimitedJob[],
  context: InsertContext,
  insert: InsertAdmitted = insertJobs,
): Promise<(StoredJob | MemlaneError | undefined)[]> {
  const places = await takeKeysOf(sql, offers);
  const usageOfOrg = await readJobUsage(
    sql,
    [...places].map(([orgId, all]) => ({
      orgId,
      limits: all[0]!.limits,
      agentIds: all.map(({ job }) => job.agentId ?? null),
    })),
  );
  const refusals = new Map<LimitedJob, MemlaneError | undefined>();
  for (const [orgId, all] of places) {
    const jobs = all.map(({ job }) => job);
    const judged = judgeJobs(all[0]!.limits, usageOfOrg.get(orgId)!, jobs, context);
    all.forEach((offer, index) => refusals.set(offer, judged[index]));
  }
  const judged = [...refusals.keys()];
  const isRefused = (offer: LimitedJob) => refusals.get(offer) !== undefined;
  const admitted = judged.filter((offer) => !isRefused(offer));
  const inserted = await insert(sql, admitted, context.keepHours);
  await giveBackKeys(sql, keysOf(judged.filter(isRefused)));
  const made = new Map(admitted.map((offer, index) => [offer, inserted[index]]));
  return offers.map((offer) => refusals.get(offer) ?? made.get(offer));
}
