import type { BatchItem } from "@memlane/core";
import { createJobHandlers, createJobQuery } from "../../../src/http/jobs/job-handlers.ts";
import { readJobRoute } from "../../../src/http/jobs/read-job-route.ts";
import { route, type Route } from "../../../src/http/route.ts";
import type { ServiceContext } from "../../../src/http/service-context.ts";
import { notesDialect } from "./dialect.ts";
import { importWire } from "./job.ts";
import { importRequestWire } from "./requests.ts";

/** Routes that create an import, on a path of the other dialects, and read it. */
export function createImportRoutes(context: ServiceContext): Route[] {
  const handlers = createJobHandlers(context, {
    dialect: notesDialect,
    kind: "batch",
    operationId: "createImport",
  });
  return [
    route({
      method: "POST",
      path: "/v1/memories",
      operationId: "createImport",
      summary: "Import notes.",
      scope: "memories:write",
      query: createJobQuery,
      body: importRequestWire,
      answers: {
        202: { description: "The import is stored.", schema: importWire },
        200: { description: "The import has ended.", schema: importWire },
      },
      answersJob: true,
      takesIdempotencyKey: true,
      errors: ["quota_exceeded", "too_many_batches", "writes_paused"],
      async handle(input) {
        const { textOf } = await context.beginRedaction(input.orgId, "memories");
        const memories: BatchItem[] = [];
        for (const { text, about } of input.body.notes)
          memories.push({ content: await textOf(text), user_id: about });
        return handlers.create(
          { ...input, body: memories },
          { request: memories, received: memories.length },
        );
      },
    }),
    readJobRoute({
      path: "/v1/imports/:id",
      operationId: "getImport",
      summary: "The current state of the import.",
      noun: "import",
      schema: importWire,
      handle: handlers.get,
    }),
  ];
}
