import { jobIds, MemlaneError, type Job, type JobId } from "@memlane/core";
import { anyJobWire, jobListQueryWire, jobPageWire } from "@memlane/core/internal";
import { cancelJob, listJobs } from "../../store/job-control.ts";
import { createOnce } from "../create-once.ts";
import { parseCursor, printCursor } from "../cursor.ts";
import { holdQuery, readHold } from "../hold.ts";
import { idOfPath } from "../ids.ts";
import type { ReadJob } from "../../jobs/job-readings.ts";
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
        const { rows, hasMore } = await listJobs(database, orgId, { kind, state }, { limit, after });
        const body = {
          object: "list",
          data: rows.map(printAnyJob),
          has_more: hasMore,
          next_cursor: hasMore ? printCursor(rows.at(-1)!.id, query) : null,
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
          if ((await jobs.readAny(orgId, id)) === undefined)
            throw new MemlaneError({ code: "job_not_found", message: "there is no such job" });
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
      summary:
        "Do what is left of an ended job as a new job: a failed conversation, failed messages, or items that did not land.",
      scope: "memories:write",
      query: holdQuery,
      answers: {
        202: { description: "The new job.", schema: anyJobWire },
        200: { description: "The new job has ended (with `wait`, or sent again).", schema: anyJobWire },
      },
      takesIdempotencyKey: true,
      errors: ["job_not_found", "conflict", "quota_exceeded", "too_many_batches", "writes_paused"],
      async handle({ orgId, database, params, query, headers, signal }) {
        const oldId = idOfPath(jobIds, params);
        const limits = await limitsOf(orgId);
        const creation = { orgId, headers, operationId: "retryJob", body: oldId, newId };
        const {
          id,
          made,
          headers: saying,
        } = await createOnce<Job, JobId>(database, creation, (newJobId, keyed) =>
          jobs.retry({ orgId, oldId, id: newJobId, keyed, limits }),
        );
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
          saying,
        });
      },
    }),
  ];
}
