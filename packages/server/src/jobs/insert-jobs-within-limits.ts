import type { MemlaneError } from "@memlane/core";
import type { Database, Sql } from "../database/database.ts";
import { judgeJobs, type JudgeContext } from "../limits/judge-jobs.ts";
import type { later } from "../database/coalesce.ts";
import { giveBackKeys } from "../store/idempotency-keys.ts";
import type { StoredJob } from "../store/job-row.ts";
import type { JobToInsert } from "../store/insert-jobs-once.ts";
import { readJobStandings } from "../store/job-standing.ts";
import { insertJobs } from "../store/jobs.ts";
import { keysOf, makeOfLocked, takeKeysOf, type Offer } from "../limits/offers.ts";

/** A job to enqueue, if its organisation may. */
export interface OfferedJob extends JobToInsert, Offer {}

/** What the insertion and its refusals depend on. */
export interface InsertContext extends JudgeContext {
  /** How long a job is kept after its end. */
  readonly keepHours: number;
}

/**
 * Enqueues these jobs in one transaction, as far as the limits allow. Returns for each, in the same order: the job; undefined
 * if its key is taken (this uses no limit); an error if it is refused (its key stays free); or `later` if another transaction
 * has locked its organisation. If all are of one organisation, it waits for it instead.
 */
export async function insertJobsWithinLimits(
  database: Database,
  offers: readonly OfferedJob[],
  areOfOneOrg: boolean,
  context: InsertContext,
): Promise<(StoredJob | MemlaneError | undefined | typeof later)[]> {
  return database.transaction((sql) =>
    makeOfLocked(sql, offers, areOfOneOrg, (locked) => insertOffers(sql, locked, context)),
  );
}

/** As `insertJobsWithinLimits`, in the transaction of `sql`, which has locked the organisations. */
export async function insertOffers(
  sql: Sql,
  offers: readonly OfferedJob[],
  context: InsertContext,
): Promise<(StoredJob | MemlaneError | undefined)[]> {
  const places = await takeKeysOf(sql, offers);
  const standings = await readJobStandings(
    sql,
    [...places].map(([orgId, all]) => ({
      orgId,
      limits: all[0]!.limits,
      agentIds: all.map(({ job }) => job.agentId ?? null),
    })),
  );
  const refusals = new Map<OfferedJob, MemlaneError | undefined>();
  for (const [orgId, all] of places) {
    const jobs = all.map(({ job }) => job);
    const judged = judgeJobs(all[0]!.limits, standings.get(orgId)!, jobs, context);
    all.forEach((offer, index) => refusals.set(offer, judged[index]));
  }
  const judged = [...refusals.keys()];
  const isRefused = (offer: OfferedJob) => refusals.get(offer) !== undefined;
  const admitted = judged.filter((offer) => !isRefused(offer));
  const inserted = await insertJobs(sql, admitted, context.keepHours);
  await giveBackKeys(sql, keysOf(judged.filter(isRefused)));
  const made = new Map(admitted.map((offer, index) => [offer, inserted[index]]));
  return offers.map((offer) => refusals.get(offer) ?? made.get(offer));
}
