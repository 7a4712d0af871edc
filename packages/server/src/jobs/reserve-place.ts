import type { Lease } from "../store/insert-jobs.ts";
import type { ClaimedJob } from "../store/leased-jobs.ts";

/** A free place of the worker in this process, kept for a job that is about to be inserted. */
export interface JobPlace {
  /** The lease to insert the job with. */
  readonly lease: Lease;
  /** Runs the job. Call it after the commit. */
  readonly begin: (job: ClaimedJob) => void;
  /** Frees the place, because the job was not inserted. */
  readonly release: () => void;
}

/** Reserves a place, if one is free and no other job is waiting. */
export type ReservePlace = () => JobPlace | undefined;
