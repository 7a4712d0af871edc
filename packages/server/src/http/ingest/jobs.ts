import {
  ingestJobCodec,
  ingestJobWire,
  ingestRequestWire,
  isTerminal,
  jobIds,
  MemlaneError,
  type FieldIssue,
  type IngestJob,
  type JobId,
  type ServerErrorCode,
} from "@memlane/core";
import * as z from "zod/mini";
import { insertJob, readJob } from "../../store/jobs.ts";
import { idOfPath } from "../ids.ts";
import { route, type Route } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";
import { waitForEnd } from "../wait-for-end.ts";

const longestWaitMs = 30_000;

const printJob = (job: IngestJob) => z.encode(ingestJobCodec, job);

/** Handing over a conversation, and watching what becomes of it. */
export function createIngestJobRoutes({ database, signals, newId, closing }: ServiceContext): Route[] {
  return [
    route({
      method: "POST",
      path: "/v1/memories",
      operationId: "ingestConversation",
      summary: "Hand over a conversation; the answer is a job that turns it into memories.",
      scope: "memories:write",
      query: z.object({
        wait: z.optional(
          z
            .string()
            .check(z.meta({ description: "`true` holds the answer until the job ends, 30 s at most." })),
        ),
      }),
      body: ingestRequestWire,
      answers: {
        202: { description: "Accepted: the job is stored and will end.", schema: ingestJobWire },
        200: { description: "With `wait`: the job has ended.", schema: ingestJobWire },
      },
      errors: ["invalid_messages", "missing_user_id", "missing_conversation_id"],
      refuse: codeOfIssues,
      async handle({ orgId, query, body, signal }) {
        const id = newId() as JobId;
        const created = await insertJob(database, { id, orgId, kind: "ingest", request: body, received: 0 });
        signals.announceQueued();
        if (query.wait !== "true" && query.wait !== "1") return { status: 202, body: printJob(created) };
        const read = () => readJob(database, orgId, "ingest", id);
        const job =
          (await waitForEnd(signals, id, read, longestWaitMs, AbortSignal.any([signal, closing]))) ?? created;
        return { status: isTerminal(job.state) ? 200 : 202, body: printJob(job) };
      },
    }),
    route({
      method: "GET",
      path: "/v1/memories/jobs/:id",
      operationId: "getIngestJob",
      summary: "The job as it is now.",
      scope: "memories:read",
      answers: { 200: { description: "The job.", schema: ingestJobWire } },
      errors: ["job_not_found"],
      async handle({ orgId, params }) {
        const job = await readJob(database, orgId, "ingest", idOfPath(jobIds, params));
        if (job === undefined)
          throw new MemlaneError({ code: "job_not_found", message: "there is no such job" });
        return { status: 200, body: printJob(job) };
      },
    }),
  ];
}

function codeOfIssues(issues: readonly FieldIssue[]): ServerErrorCode {
  const fields = new Set(issues.map((issue) => issue.field));
  if (fields.has("messages")) return "invalid_messages";
  if (fields.has("user_id")) return "missing_user_id";
  if (fields.has("conv_id")) return "missing_conversation_id";
  return "invalid_request";
}
