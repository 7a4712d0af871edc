import { jobIds, MemlaneError, type JobId, type JobState } from "@memlane/core";
import { jobListQueryWire, jobPageWire } from "@memlane/core/internal";
import * as z from "zod/mini";
import { cancelJobs } from "../../jobs/end-job.ts";
import { jobNotFound } from "../../jobs/job-not-found.ts";
import { listJobs } from "../../store/list-jobs.ts";
import { createOnce } from "../idempotency-key.ts";
import { parseCursor, printPage } from "../cursor.ts";
import { longPollQuery, readAnswerWait } from "../long-poll.ts";
import { idOfPath } from "../ids.ts";
import { readJobFilter } from "./job-filter.ts";
import type { ReadJob } from "../../jobs/job-readings.ts";
import { anyJobSchema, type JobsOfDialect } from "./job-wire.ts";
import { readJobRoute } from "./read-job-route.ts";
import { route, type Route } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";
import type { StoredJob } from "../../store/job-row.ts";

/** Routes that list, read, cancel and retry jobs of every dialect. */
export function createJobControlRoutes({
  jobs,
  limitsOf,
  signals,
  newId,
  answerJob,
  jobWire,
}: ServiceContext): Route[] {
  const anyJob = anyJobSchema(jobWire.dialects);
  const reader =
    (orgId: string, id: JobId): ReadJob<StoredJob> =>
    async (ended) =>
      ended ?? jobs.readAny(orgId, id);
  return [
    route({
      method: "GET",
      path: "/v1/jobs",
      operationId: "listJobs",
      summary:
        "A page of jobs of any kind, newest first, each in the format of its own dialect. All filters must match.",
      scope: "memories:read",
      query: z.extend(jobListQueryWire, { status: z.optional(statusOf(jobWire.dialects)) }),
      answers: {
        200: { description: "The page.", schema: z.extend(jobPageWire, { data: z.array(anyJob) }) },
      },
      errors: ["cursor_mismatch"],
      async handle({ orgId, database, query: { cursor, limit, status, ...filter } }) {
        const list = { name: "jobs", orgId, order: "newest" } as const;
        const after = cursor === undefined ? undefined : parseCursor(jobIds, cursor, list);
        const page = await listJobs(database, orgId, { status, ...readJobFilter(filter) }, { limit, after });
        return { status: 200, body: printPage(page, list, jobWire.print) };
      },
    }),
    readJobRoute({
      path: "/v1/jobs/:id",
      operationId: "getJob",
      summary: "The current state of a job of any kind, in the format of its own dialect.",
      schema: anyJob,
      async handle({ orgId, params, query, headers, signal }) {
        const id = idOfPath(jobWire.ids, params);
        const wait = readAnswerWait(query, headers);
        return answerJob({ id, read: reader(orgId, id), print: jobWire.print, wait, headers, signal });
      },
    }),
    route({
      method: "POST",
      path: "/v1/jobs/:id/cancel",
      operationId: "cancelJob",
      summary: "Cancel an unfinished job: it fails as `cancelled`; what it has stored already stays.",
      scope: "memories:write",
      actsFor: "job",
      answers: { 200: { description: "The job, which has failed as `cancelled`.", schema: anyJob } },
      errors: ["job_not_found", "conflict"],
      async handle({ orgId, database, params }) {
        const id = idOfPath(jobWire.ids, params);
        const [cancelled] = await cancelJobs(database, orgId, [id]);
        const job = await jobs.readAny(orgId, id);
        if (job === undefined) throw jobNotFound();
        if (cancelled === undefined)
          throw new MemlaneError({ code: "conflict", message: "the job has ended already" });
        signals.announceEnded(job);
        return { status: 200, body: jobWire.print(job) };
      },
    }),
    route({
      method: "POST",
      path: "/v1/jobs/:id/retry",
      operationId: "retryJob",
      summary:
        "Retry what an ended job left undone, as a new job: a failed conversation, failed messages, or items that were not stored.",
      scope: "memories:write",
      actsFor: "job",
      query: longPollQuery,
      answers: {
        202: { description: "The new job.", schema: anyJob },
        200: {
          description: "The new job has ended. Only with `wait`, or if the request was sent before.",
          schema: anyJob,
        },
      },
      answersJob: true,
      takesIdempotencyKey: true,
      errors: [
        "job_not_found",
        "conflict",
        "agent_cap_exceeded",
        "quota_exceeded",
        "too_many_batches",
        "writes_paused",
      ],
      async handle({ orgId, database, params, query, headers, signal }) {
        const oldId = idOfPath(jobWire.ids, params);
        const limits = await limitsOf(orgId);
        const creation = { orgId, headers, operationId: "retryJob", body: oldId, newId };
        const {
          id,
          made,
          headers: extraHeaders,
        } = await createOnce<StoredJob, JobId>(database, creation, (newJobId, keyed) =>
          jobs.retry({ orgId, oldId, id: newJobId, keyed, limits }),
        );
        signals.announceQueued();
        return answerJob({
          id,
          read: reader(orgId, id),
          made,
          print: jobWire.print,
          wait: readAnswerWait(query, headers),
          headers,
          signal,
          pendingStatus: 202,
          extraHeaders,
        });
      },
    }),
  ];
}

/** A state of jobs in the wording of any dialect. It selects the jobs of all dialects in that state. */
function statusOf(dialects: readonly JobsOfDialect[]) {
  const states = new Map<string, JobState>();
  for (const { statuses } of dialects.map(({ dialect }) => dialect)) {
    for (const word of Object.values(statuses.words)) {
      if (!states.has(word)) states.set(word, statuses.nameOf(word)!);
    }
  }
  return z.pipe(
    z.enum([...states.keys()]),
    z.transform((word) => states.get(word)!),
  );
}
