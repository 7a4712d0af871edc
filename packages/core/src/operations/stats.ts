// What the jobs of an organisation, or of all, have done in the last hour or day.
import * as z from "zod/mini";

const count = z.int().check(z.gte(0));
const milliseconds = z.nullable(z.number());

/** What failed with one code. */
const problem = z.object({
  code: z.string(),
  /** The message of the last such job or item. */
  message: z.string(),
  count,
  /** The last such job, or the last batch with such an item. */
  job_id: z.string(),
});

/** The windows of `GET /v1/stats`. */
export const statsWindows = ["hour", "day"] as const;

/** Which statistics to read. */
export interface StatsQuery {
  /** @default "hour" */
  readonly window?: (typeof statsWindows)[number];
  /** All organisations; needs a key with the scope `operator`. @default only this client's organisation */
  readonly org?: "all";
}

/** The answer to `GET /v1/stats`. */
export const statsWire = z.object({
  window: z.enum(statsWindows),
  /** The unfinished jobs now, and the jobs that ended in the window. */
  counts: z.object({
    queued: count,
    active: count,
    /** A failed attempt will be repeated. */
    retrying: count,
    /** Queued, active or retrying jobs that no worker has taken for more than a minute. */
    overdue: count,
    failed: count,
    succeeded: count,
  }),
  /** How long the oldest due job has been waiting for a worker; null if none waits. */
  oldest_waiting_seconds: z.nullable(z.number()),
  /** 60 minutes, or 96 quarters of an hour, oldest first. */
  points: z.array(
    z.object({
      /** When it begins, in ISO 8601. */
      at: z.string(),
      accepted: count,
      succeeded: count,
      failed: count,
      /** How long half of the jobs that ended then had waited for their first attempt; null if none ended. */
      wait_p50_ms: milliseconds,
      wait_p95_ms: milliseconds,
    }),
  ),
  /** The failures of the window by their code, most first; at most 20. */
  problems: z.array(problem),
  /** The items that batches could not store, by their code, most first; at most 20. From the last 100 such batches of the window. */
  failed_items: z.array(problem),
});
/** What jobs have done, in the wire format. */
export interface StatsWire extends z.output<typeof statsWire> {}
