import {
  ingestJobCodec,
  ingestJobWire,
  ingestRequestWire,
  jobIds,
  type FieldIssue,
  type IngestJob,
  type JobId,
  type ServerErrorCode,
} from "@memlane/core";
import * as z from "zod/mini";
import { createOnce } from "../create-once.ts";
import { holdQuery, readHold } from "../hold.ts";
import { idOfPath } from "../ids.ts";
import { route, type Route } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";

const printJob = (job: IngestJob) => z.encode(ingestJobCodec, job);

/** Handing over a conversation, and watching what becomes of it. */
export function createIngestJobRoutes({
  database,
  jobs,
  signals,
  newId,
  answerJob,
}: ServiceContext): Route[] {
  return [
    route({
      method: "POST",
      path: "/v1/memories",
      operationId: "ingestConversation",
      summary: "Hand over a conversation; the answer is a job that turns it into memories.",
      scope: "memories:write",
      query: holdQuery,
      body: ingestRequestWire,
      answers: {
        202: { description: "Accepted: the job is stored and will end.", schema: ingestJobWire },
        200: { description: "With `wait`, or sent again: the job has ended.", schema: ingestJobWire },
      },
      takesIdempotencyKey: true,
      errors: ["invalid_messages", "missing_user_id", "missing_conversation_id"],
      codeOfIssue,
      async handle({ orgId, query, body, headers, signal }) {
        const creation = { orgId, headers, operationId: "ingestConversation", body, newId };
        const { id, made, ...once } = await createOnce<IngestJob, JobId>(database, creation, (jobId, keyed) =>
          jobs.insertOnce({ id: jobId, orgId, kind: "ingest", request: body, received: 0 }, keyed),
        );
        signals.announceQueued();
        const hold = readHold(query, headers);
        const created = hold.seconds > 0 ? undefined : made;
        const read = async () => created ?? jobs.read(orgId, "ingest", id);
        const saying = once.headers;
        return answerJob({ id, read, print: printJob, hold, headers, signal, pendingStatus: 202, saying });
      },
    }),
    route({
      method: "GET",
      path: "/v1/memories/jobs/:id",
      operationId: "getIngestJob",
      summary: "The job as it is now.",
      scope: "memories:read",
      query: holdQuery,
      answers: {
        200: { description: "The job.", schema: ingestJobWire },
        304: { description: "The job is still what `If-None-Match` names." },
      },
      errors: ["job_not_found"],
      async handle({ orgId, params, query, headers, signal }) {
        const id = idOfPath(jobIds, params);
        const read = () => jobs.read(orgId, "ingest", id);
        return answerJob({ id, read, print: printJob, hold: readHold(query, headers), headers, signal });
      },
    }),
  ];
}

function codeOfIssue({ field }: FieldIssue, input: unknown): ServerErrorCode {
  if (field === "messages") return "invalid_messages";
  if (field === "user_id" && isMissing(input, field)) return "missing_user_id";
  if (field === "conv_id" && isMissing(input, field)) return "missing_conversation_id";
  return "invalid_request";
}

function isMissing(input: unknown, field: string): boolean {
  const value = new Map<string, unknown>(Object.entries(input ?? {})).get(field);
  return value === undefined || value === null || value === "";
}
