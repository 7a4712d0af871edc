// Job reads and writes of the API. Requests that arrive at the same time share statements.
import { jobIds, MemlaneError, type Job, type JobId } from "@memlane/core";
import { SpanKind } from "@opentelemetry/api";
import type { Database } from "../database/database.ts";
import { yieldAfterLongWork } from "../base/yield-after-long-work.ts";
import { inSpan } from "../tracing/in-span.ts";
import { contextOfHeaders, currentTraceHeaders, linksTo } from "../tracing/trace-headers.ts";
import { coalesce } from "../database/coalesce.ts";
import type { KeyedRequest } from "../store/idempotency-keys.ts";
import { insertJobsOnce, type JobToInsert } from "../store/insert-jobs.ts";
import { insertJobsWithinLimits, type InsertContext, type LimitedJob } from "./insert-jobs-within-limits.ts";
import { isOfKind, type JobOfKind, type StoredJob } from "../store/job-row.ts";
import { writeAndBegin, type Workers } from "./write-and-begin.ts";
import { insertJobs, type NewJob } from "../store/insert-jobs.ts";
import { readJobs, type JobReference } from "../store/jobs.ts";
import { retryJob, type JobRetry } from "./retry-job.ts";
import { limitsJobs, noLimits, type Limits } from "../store/limits.ts";

/** Reads and writes jobs for the API. */
export interface CoalescedJobs {
  /**
   * Enqueues a job, under an idempotency key if there is one. Undefined if the key is taken.
   *
   * @throws MemlaneError if a limit refuses the job
   */
  readonly insertOnce: <Kind extends Job["kind"]>(
    job: NewJob<Kind>,
    keyed: KeyedRequest | undefined,
    limits?: Limits,
  ) => Promise<JobOfKind<Kind> | undefined>;
  /** Retries an ended job: see `retryJob`. Undefined if the key is taken. */
  readonly retry: (retry: Omit<JobRetry, "trace">) => Promise<StoredJob | undefined>;
  /** Reads an organisation's job of any kind. Undefined if it does not exist. */
  readonly readAny: (orgId: string, id: JobId) => Promise<StoredJob | undefined>;
  /** Reads an organisation's job of one kind. Undefined if it does not exist. */
  readonly read: <Kind extends Job["kind"]>(
    orgId: string,
    kind: Kind,
    id: JobId,
  ) => Promise<JobOfKind<Kind> | undefined>;
}

const bytesPerWrite = 1024 * 1024; // for a moment it is in memory twice: here and in the driver
const bytesPerRow = 1024;

const jobsPerRead = 500;
const sharedJobBytes = 32 * 1024; // a larger job is not read together with others
const largeJobsPerRead = 2;

const share = {
  lineOf: ({ job }: JobToInsert) => job.orgId,
  weightOf: ({ json = "" }: JobToInsert) => bytesPerRow + json.length,
  maximumWeight: bytesPerWrite,
  heavyWeight: bytesPerWrite / 8,
};

/**
 * Makes the reads and writes of one process share statements. Jobs are kept for `keepHours` after
 * their end. `waitMs` estimates how long a new job takes.
 */
export function createCoalescedJobs(
  database: Database,
  { keepHours, waitMs, ...workers }: Omit<InsertContext, "nowMs"> & Workers,
): CoalescedJobs {
  const insert = coalesce<JobToInsert, StoredJob | undefined>(
    (rows) =>
      inWrite(rows, () =>
        writeAndBegin<JobToInsert, StoredJob | undefined>(rows, workers, (offers) =>
          offers.some(({ keyed }) => keyed)
            ? insertJobsOnce(database, offers, keepHours)
            : insertJobs(database, offers, keepHours),
        ),
      ),
    share,
  );
  const insertLimited = coalesce<LimitedJob, StoredJob | MemlaneError | undefined>(
    (rows, areOfOneOrg) =>
      inWrite(rows, () =>
        writeAndBegin(rows, workers, (offers) =>
          insertJobsWithinLimits(database, offers, areOfOneOrg, { nowMs: Date.now(), waitMs, keepHours }),
        ),
      ),
    share,
  );
  const readAny = coalesce(
    (references: readonly JobReference[], areOfOneOrg) =>
      readJobs(database, references, areOfOneOrg ? undefined : sharedJobBytes),
    { lineOf: ({ orgId }) => orgId, maximumWeight: jobsPerRead, maximumLineWeight: largeJobsPerRead },
  );
  return {
    async insertOnce<Kind extends Job["kind"]>(
      job: NewJob<Kind>,
      keyed: KeyedRequest | undefined,
      limits = noLimits,
    ) {
      const made = await enqueue<StoredJob | MemlaneError | undefined>(job, keyed, (row) =>
        limitsJobs(limits) ? insertLimited({ ...row, limits, id: job.id, orgId: job.orgId }) : insert(row),
      );
      if (MemlaneError.is(made)) throw made;
      return made as JobOfKind<Kind> | undefined;
    },
    retry: (retry) =>
      inSpan("retry job", producerOf(retry.id), () =>
        retryJob(
          database,
          { ...retry, trace: currentTraceHeaders() },
          {
            nowMs: Date.now(),
            waitMs,
            keepHours,
          },
        ),
      ),
    readAny: (orgId, id) => readAny({ orgId, id }),
    async read<Kind extends Job["kind"]>(orgId: string, kind: Kind, id: JobId) {
      const job = await readAny({ orgId, id });
      return isOfKind(job, kind) ? job : undefined;
    },
  };
}

/** Enqueues a job in a span, which becomes the parent of the worker's spans. */
function enqueue<Made>(
  job: NewJob<Job["kind"]>,
  keyed: KeyedRequest | undefined,
  write: (row: JobToInsert) => Promise<Made>,
): Promise<Made> {
  return inSpan(`enqueue ${job.kind}`, producerOf(job.id), async () => {
    const trace = currentTraceHeaders();
    const json = await yieldAfterLongWork(() => JSON.stringify(job.request));
    return write({ job: { ...job, trace }, json, keyed });
  });
}

const producerOf = (id: JobId) => ({
  kind: SpanKind.PRODUCER,
  attributes: { "memlane.job": jobIds.print(id) },
});

/** A write serves many requests, so its span is in no request's trace, and links to the spans of all requests. */
function inWrite<Made>(rows: readonly JobToInsert[], write: () => Promise<Made>): Promise<Made> {
  const links = linksTo(rows.map(({ job }) => contextOfHeaders(job.trace)));
  return inSpan("write jobs", { root: true, links }, write);
}
