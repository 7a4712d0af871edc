/** A job that was accepted a moment ago. */
export interface FreshJob<Reading> {
  /** The answer that created it. */
  readonly reading: Reading;
  readonly receivedAtMs: number;
}

/** The jobs that were accepted a moment ago. */
export interface FreshJobs<Reading> {
  readonly add: (id: string, reading: Reading) => void;
  readonly get: (id: string) => FreshJob<Reading> | undefined;
}

/** Long enough for a replica to catch up, short enough to report a wrong id soon. */
const freshMs = 10_000;

/** Remembers jobs for ten seconds. */
export function createFreshJobs<Reading>(now: () => number): FreshJobs<Reading> {
  const jobs = new Map<string, FreshJob<Reading>>();
  const isFresh = ({ receivedAtMs }: FreshJob<Reading>) => now() - receivedAtMs < freshMs;
  return {
    add(id, reading) {
      // The oldest jobs come first, so the map never contains more than the jobs of the last ten
      // seconds.
      for (const [old, job] of jobs) {
        if (isFresh(job)) break;
        jobs.delete(old);
      }
      jobs.set(id, { reading, receivedAtMs: now() });
    },
    get(id) {
      const job = jobs.get(id);
      return job && isFresh(job) ? job : undefined;
    },
  };
}
