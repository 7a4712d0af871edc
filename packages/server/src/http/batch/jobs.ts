import {
  batchJobCodec,
  batchJobWire,
  batchRequestWire,
  jobIds,
  type BatchJob,
  type JobId,
} from "@memlane/core";
import * as z from "zod/mini";
import { createOnce } from "../create-once.ts";
import { holdQuery, readHold } from "../hold.ts";
import { idOfPath } from "../ids.ts";
import { route, type Route } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";

const printJob = (job: BatchJob) => z.encode(batchJobCodec, job);

/** Handing over a batch of memories, and watching its counters move. */
export function createBatchJobRoutes({ database, jobs, signals, newId, answerJob }: ServiceContext): Route[] {
  return [
    route({
      method: "POST",
      path: "/v1/batch",
      operationId: "createBatch",
      summary: "Hand over 1 to 500 memories; the answer is a job that imports them.",
      scope: "memories:write",
      query: holdQuery,
      body: batchRequestWire,
      answers: {
        202: { description: "Accepted: the job is stored and will end.", schema: batchJobWire },
        200: { description: "With `wait`, or sent again: the job has ended.", schema: batchJobWire },
      },
      takesIdempotencyKey: true,
      errors: [],
      async handle({ orgId, query, body, headers, signal }) {
        const request = body.memories;
        const creation = { orgId, headers, operationId: "createBatch", body, newId };
        const { id, made, ...once } = await createOnce<BatchJob, JobId>(database, creation, (jobId, keyed) =>
          jobs.insertOnce({ id: jobId, orgId, kind: "batch", request, received: request.length }, keyed),
        );
        signals.announceQueued();
        const hold = readHold(query, headers);
        const created = hold.seconds > 0 ? undefined : made;
        const read = async () => created ?? jobs.read(orgId, "batch", id);
        const saying = once.headers;
        return answerJob({ id, read, print: printJob, hold, headers, signal, pendingStatus: 202, saying });
      },
    }),
    route({
      method: "GET",
      path: "/v1/batch/:id",
      operationId: "getBatch",
      summary: "The batch as it is now; `errors` names the items that did not land, and why.",
      scope: "memories:read",
      query: holdQuery,
      answers: {
        200: { description: "The batch.", schema: batchJobWire },
        304: { description: "The batch is still what `If-None-Match` names." },
      },
      errors: ["job_not_found"],
      async handle({ orgId, params, query, headers, signal }) {
        const id = idOfPath(jobIds, params);
        const read = () => jobs.read(orgId, "batch", id);
        return answerJob({ id, read, print: printJob, hold: readHold(query, headers), headers, signal });
      },
    }),
  ];
}
