import { jobIds, MemlaneError, type JobId } from "@memlane/core";
import { attemptsWire, jobMessagesQueryWire, jobMessagesWire, jobRequestWire } from "@memlane/core/internal";
import { jobNotFound } from "../../jobs/job-not-found.ts";
import {
  listJobMessages,
  readAttempts,
  readJobRequest,
  type EndedAttempt,
  type JobMessage,
} from "../../store/job-contents.ts";
import { idOfPath } from "../ids.ts";
import { route, type Answer, type Route } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";

/** The largest request in an answer. */
const mostBytes = 4 * 1024 * 1024;

/** Routes that show what a job did, and with which words. */
export function createJobContentRoutes({ jobWire }: ServiceContext): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/jobs/:id/attempts",
      operationId: "listJobAttempts",
      summary: "How often a job was tried, how each attempt ended, and how long its stages took.",
      scope: "memories:read",
      actsFor: "job",
      answers: { 200: { description: "The attempts.", schema: attemptsWire } },
      errors: ["job_not_found"],
      async handle({ orgId, database, params }) {
        const found = await readAttempts(database, orgId, idOfPath(jobWire.ids, params));
        if (found === undefined) throw jobNotFound();
        const { attempts, runningSince, enqueuedAt, waitedMs } = found;
        const body = {
          data: attempts.map(printAttempt),
          running_since: runningSince?.toISOString() ?? null,
          enqueued_at: enqueuedAt.toISOString(),
          waited_ms: waitedMs,
        };
        return { status: 200, body };
      },
    }),
    route({
      method: "GET",
      path: "/v1/jobs/:id/request",
      operationId: "getJobRequest",
      summary:
        "The request of a job, as it is stored. Of an ended job, only the part that a retry would process is kept.",
      scope: "memories:read",
      actsFor: "job",
      audit: "read",
      answers: { 200: { description: "The request.", schema: jobRequestWire } },
      errors: ["job_not_found", "not_found", "body_too_large"],
      async handle({ orgId, database, params }) {
        const id = idOfPath(jobWire.ids, params);
        const found = await readJobRequest(database, orgId, { id, mostBytes });
        if (found === undefined) throw jobNotFound();
        const { kind, userId, bytes, request } = found;
        if (bytes === 0)
          throw new MemlaneError({ code: "not_found", message: "the request of this job is no longer kept" });
        if (bytes > mostBytes)
          throw new MemlaneError({ code: "body_too_large", message: "the request is larger than 4 MiB" });
        return { status: 200, body: { kind, request }, audited: auditedJob(id, userId, { bytes }) };
      },
    }),
    route({
      method: "GET",
      path: "/v1/jobs/:id/messages",
      operationId: "listJobMessages",
      summary: "What became of each message of a conversation.",
      scope: "memories:read",
      actsFor: "job",
      audit: "read",
      query: jobMessagesQueryWire,
      answers: { 200: { description: "The messages.", schema: jobMessagesWire } },
      errors: ["job_not_found"],
      async handle({ orgId, database, params, query }) {
        const id = idOfPath(jobWire.ids, params);
        const found = await listJobMessages(database, orgId, { id, ...query });
        if (found === undefined) throw jobNotFound();
        const { userId, total, messages } = found;
        return {
          status: 200,
          body: { data: messages.map(printMessage), total },
          audited: auditedJob(id, userId, { messages: messages.length }),
        };
      },
    }),
  ];
}

function auditedJob(
  id: JobId,
  userId: string | null,
  meta: Record<string, number>,
): NonNullable<Answer["audited"]> {
  return { userId, targetId: jobIds.print(id), meta };
}

function printAttempt({ stages, started_at, ended_at, next_try_at, ...attempt }: EndedAttempt) {
  const startedMs = Date.parse(started_at);
  return {
    ...attempt,
    started_at: new Date(startedMs).toISOString(),
    ended_at: new Date(ended_at).toISOString(),
    next_try_at: next_try_at === null ? null : new Date(next_try_at).toISOString(),
    stages: stages.map(({ name, at, ms }) => ({
      name,
      started_at: new Date(startedMs + at).toISOString(),
      duration_ms: ms,
    })),
  };
}

function printMessage({ index, diaId, speaker, text, report }: JobMessage) {
  const { outcome = null, memoryIds = [] } = report ?? {};
  return { index, dia_id: diaId, speaker, text, outcome, memory_ids: memoryIds };
}
