import { MemlaneError } from "@memlane/core";
import { parseJson } from "@memlane/core/internal";
import { later } from "../database/coalesce.ts";
import type { JobToInsert } from "../store/insert-jobs.ts";
import type { StoredJob } from "../store/job-row.ts";
import type { ClaimedJob } from "../store/leased-jobs.ts";
import type { JobPlace, ReservePlace } from "./reserve-place.ts";

/** A larger request waits in the queue. */
const largestRequest = 32 * 1024; // characters

/** The worker in this process, and a signal for every worker. */
export interface Workers {
  /** @default there is no worker in this process */
  readonly reservePlace?: ReservePlace | undefined;
  /** Called when a job waits in the queue. */
  readonly onQueued?: (() => void) | undefined;
}

/** The result for one job: the job, or why it was not inserted. */
type Made = StoredJob | MemlaneError | typeof later | undefined;

/**
 * Inserts jobs, and begins them at free places of the worker in this process. It first reserves a place for each job, and
 * inserts the job with the lease of its place, so the worker needs no claim. Jobs without a place wait in the queue.
 */
export async function writeAndBegin<Row extends JobToInsert, Result extends Made>(
  rows: readonly Row[],
  { reservePlace, onQueued }: Workers,
  write: (rows: readonly Row[]) => Promise<readonly Result[]>,
): Promise<readonly Result[]> {
  const offers = rows.map((row) => {
    const place = isSmall(row) ? reservePlace?.() : undefined;
    return { row: { ...row, lease: place?.lease }, place };
  });
  let made: readonly Result[] = [];
  try {
    made = await write(offers.map(({ row }) => row));
    return made;
  } finally {
    let isQueued = false;
    for (const [index, { row, place }] of offers.entries()) {
      if (!isJob(made[index])) place?.release();
      else if (place === undefined) isQueued = true;
      else place.begin(claimOf(row, place));
    }
    if (isQueued) onQueued?.();
  }
}

const isSmall = ({ json }: JobToInsert) => json !== undefined && json.length <= largestRequest;

const isJob = (made: Made): made is StoredJob =>
  made !== undefined && made !== later && !MemlaneError.is(made);

/** The job as a claim would return it. */
function claimOf({ job, json }: JobToInsert, { lease }: JobPlace): ClaimedJob {
  return {
    id: job.id,
    orgId: job.orgId,
    kind: job.kind,
    request: parseJson(json!), // as it is stored, without fields that are undefined
    requestOf: null,
    attempts: 1,
    interruptions: 0,
    isSuspect: false,
    isFirstClaim: true,
    leaseId: lease.id,
    trace: job.trace ?? null,
    claimedThrough: job.orgId,
  };
}
