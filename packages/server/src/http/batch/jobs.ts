import {
  batchJobCodec,
  batchJobWire,
  batchRequestWire,
  jobIds,
  MemlaneError,
  type BatchJob,
  type JobId,
} from "@memlane/core";
import * as z from "zod/mini";
import { insertJob, readJob } from "../../store/jobs.ts";
import { idOfPath } from "../ids.ts";
import { route, type Route } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";

const printJob = (job: BatchJob) => z.encode(batchJobCodec, job);

/** Handing over a batch of memories, and watching its counters move. */
export function createBatchJobRoutes({ database, signals, newId }: ServiceContext): Route[] {
  return [
    route({
      method: "POST",
      path: "/v1/batch",
      operationId: "createBatch",
      summary: "Hand over 1 to 500 memories; the answer is a job that imports them.",
      scope: "memories:write",
      body: batchRequestWire,
      answers: { 202: { description: "Accepted: the job is stored and will end.", schema: batchJobWire } },
      errors: [],
      async handle({ orgId, body }) {
        const request = body.memories;
        const id = newId() as JobId;
        const job = await insertJob(database, {
          id,
          orgId,
          kind: "batch",
          request,
          received: request.length,
        });
        signals.announceQueued();
        return { status: 202, body: printJob(job) };
      },
    }),
    route({
      method: "GET",
      path: "/v1/batch/:id",
      operationId: "getBatch",
      summary: "The batch as it is now; `errors` names the items that did not land, and why.",
      scope: "memories:read",
      answers: { 200: { description: "The batch.", schema: batchJobWire } },
      errors: ["job_not_found"],
      async handle({ orgId, params }) {
        const job = await readJob(database, orgId, "batch", idOfPath(jobIds, params));
        if (job === undefined)
          throw new MemlaneError({ code: "job_not_found", message: "there is no such batch" });
        return { status: 200, body: printJob(job) };
      },
    }),
  ];
}
