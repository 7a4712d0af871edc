import { ingestDialect, ingestJobWire, type FieldIssue, type ServerErrorCode } from "@memlane/core";
import { createdIngestJobWire, ingestRequestWire } from "@memlane/core/internal";
import * as z from "zod/mini";
import { createJobHandlers, createJobQuery } from "../../jobs/job-handlers.ts";
import { readMessage } from "./read-message.ts";
import { readJobRoute } from "../../jobs/read-job-route.ts";
import { route, type Route } from "../../route.ts";
import type { ServiceContext } from "../../service-context.ts";

/** Routes that create and read ingest jobs. */
export function createIngestJobRoutes(context: ServiceContext): Route[] {
  const handlers = createJobHandlers(context, {
    dialect: ingestDialect,
    kind: "ingest",
    operationId: "ingestConversation",
  });
  return [
    route({
      method: "POST",
      path: "/v1/memories",
      operationId: "ingestConversation",
      summary: "Send a conversation. The answer is a job that extracts memories from it.",
      scope: "memories:write",
      actsFor: "body",
      audit: "write",
      query: createJobQuery,
      body: ingestRequestWire,
      answers: {
        202: { description: "Accepted: the job is stored and will be done.", schema: createdIngestJobWire },
        200: {
          description: "The job has ended. Only with `wait`, or if the request was sent before.",
          schema: createdIngestJobWire,
        },
      },
      answersJob: true,
      takesIdempotencyKey: true,
      errors: [
        "invalid_messages",
        "missing_user_id",
        "missing_conversation_id",
        "agent_cap_exceeded",
        "quota_exceeded",
        "writes_paused",
      ],
      codeOfIssue,
      async handle(input) {
        const { textOf, counts } = await context.beginRedaction(input.orgId, "conversation");
        const messages = [];
        for (const sent of input.body.messages) {
          const { role, name, content, ...message } = readMessage(sent);
          messages.push({
            ...message,
            role: await textOf(role),
            ...(name != null && { name: await textOf(name) }),
            content: await textOf(content),
          });
        }
        // The request's schema drops a `redactions` field from the client.
        const body = { ...input.body, messages, redactions: counts() };
        const job = { request: body, received: 0, userId: body.user_id, agentId: body.agent_id };
        return handlers.create({ ...input, body }, job, {}, () =>
          input.countUse({ ingests: 1, messages: messages.length }),
        );
      },
    }),
    readJobRoute({
      path: "/v1/memories/jobs/:id",
      operationId: "getIngestJob",
      summary: "The current state of the job.",
      schema: ingestJobWire,
      handle: handlers.get,
    }),
  ];
}

function codeOfIssue({ field }: FieldIssue, input: unknown): ServerErrorCode {
  if (field === "messages" && isEmptyList(input)) return "invalid_messages";
  if (field === "user_id" && isMissing(input, field)) return "missing_user_id";
  if (field === "conv_id" && isMissing(input, field)) return "missing_conversation_id";
  return "invalid_request";
}

function isEmptyList(input: unknown): boolean {
  return z.looseObject({ messages: z.tuple([]) }).safeParse(input).success;
}

function isMissing(input: unknown, field: string): boolean {
  const value = new Map<string, unknown>(Object.entries(input ?? {})).get(field);
  return value === undefined || value === null || value === "";
}
