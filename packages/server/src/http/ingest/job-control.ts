import {
  anyJobWire,
  isTerminal,
  jobIds,
  jobListQueryWire,
  jobPageWire,
  MemlaneError,
  type Job,
  type JobId,
} from "@memlane/core";
import { cancelJob, listJobs, readJobRequest } from "../../store/job-control.ts";
import type { CoalescedJobs } from "../../store/coalesced-jobs.ts";
import { parseCursor, printCursor } from "../cursor.ts";
import { holdQuery, readHold } from "../hold.ts";
import { idOfPath } from "../ids.ts";
import type { ReadJob } from "../job-readings.ts";
import { printAnyJob } from "../print-any-job.ts";
import { route, type Route } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";

/** Listing, reading, cancelling and retrying jobs of either kind. */
export function createJobControlRoutes({
  jobs,
  limitsOf,
  signals,
  newId,
  answerJob,
}: ServiceContext): Route[] {
  const reader =
    (orgId: string, id: JobId): ReadJob<Job> =>
    async (ended) =>
      ended ?? jobs.readAny(orgId, id);
  return [
    route({
      method: "GET",
      path: "/v1/jobs",
      operationId: "listJobs",
      summary: "A page of jobs of either kind, newest first, each in the words of its own dialect.",
      scope: "memories:read",
      query: jobListQueryWire,
      answers: { 200: { description: "The page.", schema: jobPageWire } },
      errors: ["cursor_mismatch"],
      async handle({ orgId, database, query: { cursor, limit, kind, status: state } }) {
        const query = ["jobs", orgId, kind, state];
        const after = cursor === undefined ? undefined : parseCursor(jobIds, cursor, query);
        const found = await listJobs(database, orgId, { kind, state }, { limit: limit + 1, after });
        const shown = found.slice(0, limit);
        const hasMore = found.length > limit;
        const body = {
          object: "list",
          data: shown.map(printAnyJob),
          has_more: hasMore,
          next_cursor: hasMore ? printCursor(shown.at(-1)!.id, query) : null,
        };
        return { status: 200, body };
      },
    }),
    route({
      method: "GET",
      path: "/v1/jobs/:id",
      operationId: "getJob",
      summary: "A job of either kind as it is now, in the words of its own dialect.",
      scope: "memories:read",
      takesJobToken: true,
      query: holdQuery,
      answers: {
        200: { description: "The job.", schema: anyJobWire },
        304: { description: "The job is still what `If-None-Match` names." },
      },
      errors: ["job_not_found"],
      async handle({ orgId, params, query, headers, signal }) {
        const id = idOfPath(jobIds, params);
        const hold = readHold(query, headers);
        return answerJob<Job>({ id, read: reader(orgId, id), print: printAnyJob, hold, headers, signal });
      },
    }),
    route({
      method: "POST",
      path: "/v1/jobs/:id/cancel",
      operationId: "cancelJob",
      summary: "End a job that has not ended: it fails as `cancelled`, what it has committed stays.",
      scope: "memories:write",
      answers: { 200: { description: "The job, which has failed as `cancelled`.", schema: anyJobWire } },
      errors: ["job_not_found", "conflict"],
      async handle({ orgId, database, params }) {
        const id = idOfPath(jobIds, params);
        const job = await cancelJob(database, orgId, id);
        if (job === undefined) {
          await requireJob(jobs, orgId, id);
          throw new MemlaneError({ code: "conflict", message: "the job has ended already" });
        }
        signals.announceEnded(job);
        return { status: 200, body: printAnyJob(job) };
      },
    }),
    route({
      method: "POST",
      path: "/v1/jobs/:id/retry",
      operationId: "retryJob",
      summary: "Do an ended job again as a new one; of a batch, only the items that did not land.",
      scope: "memories:write",
      query: holdQuery,
      answers: {
        202: { description: "The new job.", schema: anyJobWire },
        200: { description: "With `wait`: the new job has ended.", schema: anyJobWire },
      },
      errors: ["job_not_found", "conflict", "quota_exceeded", "too_many_batches", "writes_paused"],
      async handle({ orgId, database, params, query, headers, signal }) {
        const old = await requireJob(jobs, orgId, idOfPath(jobIds, params));
        if (!isTerminal(old.state)) {
          throw new MemlaneError({ code: "conflict", message: "the job has not ended: wait, or cancel it" });
        }
        const request = requestToRetry(old, await readJobRequest(database, orgId, old.id));
        const id = newId() as JobId;
        const received = Array.isArray(request) ? request.length : 0;
        const job = { id, orgId, kind: old.kind, request, received };
        const made = await jobs.insertOnce(job, undefined, await limitsOf(orgId));
        signals.announceQueued();
        return answerJob<Job>({
          id,
          read: reader(orgId, id),
          made,
          print: printAnyJob,
          hold: readHold(query, headers),
          headers,
          signal,
          pendingStatus: 202,
        });
      },
    }),
  ];
}

async function requireJob(jobs: CoalescedJobs, orgId: string, id: JobId): Promise<Job> {
  const job = await jobs.readAny(orgId, id);
  if (job === undefined) throw new MemlaneError({ code: "job_not_found", message: "there is no such job" });
  return job;
}

/** A conversation whole; of a batch the items that failed, and those that it did not come to, in their order. */
function requestToRetry(job: Job, request: unknown): unknown {
  if (request === undefined)
    throw new MemlaneError({ code: "job_not_found", message: "there is no such job" });
  if (job.kind === "ingest" || !Array.isArray(request)) return request;
  const failed = new Set(job.errors.map(({ index }) => index));
  const done = job.imported + job.failed;
  const items = request.filter((_, index) => index >= done || failed.has(index));
  if (items.length > 0) return items;
  throw new MemlaneError({ code: "conflict", message: "every item of the batch landed" });
}
