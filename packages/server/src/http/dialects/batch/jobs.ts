import { batchDialect, batchJobWire } from "@memlane/core";
import { batchRequestOf, batchRequestWire, createdBatchJobWire } from "@memlane/core/internal";
import { createJobHandlers, createJobQuery } from "../../jobs/job-handlers.ts";
import { readJobRoute } from "../../jobs/read-job-route.ts";
import { route, type Route } from "../../route.ts";
import type { ServiceContext } from "../../service-context.ts";
import { readableItem } from "./read-item.ts";
import { redactItem } from "./redact-item.ts";

/** Routes that create and read batches. */
export function createBatchJobRoutes(context: ServiceContext): Route[] {
  const handlers = createJobHandlers(context, {
    dialect: batchDialect,
    kind: "batch",
    operationId: "createBatch",
  });
  return [
    route({
      method: "POST",
      path: "/v1/batch",
      operationId: "createBatch",
      summary: "Send 1 to 500 memories. The answer is a job that imports them.",
      scope: "memories:write",
      audit: "write",
      query: createJobQuery,
      body: batchRequestOf(readableItem),
      describedBody: batchRequestWire,
      takesLargeBody: true,
      answers: {
        202: { description: "Accepted: the job is stored and will be done.", schema: createdBatchJobWire },
        200: {
          description: "The job has ended. Only with `wait`, or if the request was sent before.",
          schema: createdBatchJobWire,
        },
      },
      answersJob: true,
      takesIdempotencyKey: true,
      errors: ["quota_exceeded", "too_many_batches", "writes_paused"],
      async handle(input) {
        const redaction = await context.beginRedaction(input.orgId, "memories");
        const memories = [];
        for (const { item } of input.body.memories) memories.push(await redactItem(item, redaction));
        const job = { request: memories, received: memories.length };
        const replaced = input.body.memories.reduce((sum, each) => sum + each.replaced, 0);
        return handlers.create({ ...input, body: { ...input.body, memories } }, job, {
          replaced_characters: replaced === 0 ? undefined : replaced,
        });
      },
    }),
    readJobRoute({
      path: "/v1/batch/:id",
      operationId: "getBatch",
      summary: "The current state of the batch; `errors` lists the items that were not stored, and why.",
      noun: "batch",
      schema: batchJobWire,
      handle: handlers.get,
    }),
  ];
}
