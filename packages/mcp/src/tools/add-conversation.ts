import { MemlaneError, type IngestJobWire } from "@memlane/core";
import type { McpServer, ServerContext } from "@modelcontextprotocol/server";
import * as z from "zod";
import { describeErrors } from "../describe-errors.ts";
import { declaresTasks } from "../client-capabilities.ts";
import { answerJob, jobOutput } from "../job-answer.ts";
import { scopeOf, waitSignalOf, type MemoryAccess } from "../memory-access.ts";
import { pollIntervalOf } from "../read-job.ts";
import { createdTask } from "../tasks/task-of-job.ts";

const input = z.object({
  messages: z
    .array(
      z.object({
        role: z.string().min(1).max(64).describe("Who speaks: user or assistant."),
        content: z.string().max(200_000),
        name: z.string().max(255).optional().describe("The speaker, if several people speak."),
        date: z.string().max(255).optional().describe("When it was said, in ISO 8601."),
      }),
    )
    .min(1)
    .max(500)
    .describe("In the order in which they were said."),
  conversation_id: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe("The same for all parts of one conversation. Default: a new one."),
});

/** Adds `add_conversation`. */
export function addAddConversation(server: McpServer, access: MemoryAccess): void {
  server.registerTool(
    "add_conversation",
    {
      title: "Add a conversation",
      description:
        "Store a conversation, or the newest part of one. Facts about the user are found in it and remembered, old " +
        "facts that it contradicts are replaced, and its words can be searched. This is a job: it is stored safely " +
        "at once, and its facts usually follow within seconds.",
      inputSchema: input,
      outputSchema: jobOutput,
      annotations: {
        readOnlyHint: false,
        destructiveHint: false,
        idempotentHint: false,
        openWorldHint: false,
      },
    },
    describeErrors(access, async ({ messages, conversation_id }, context) => {
      const { signal } = context.mcpReq;
      const conv_id = conversation_id ?? `mcp-${crypto.randomUUID()}`;
      // The server answers after it has committed the job, so a task is never created for a lost job.
      const created = await access.client.memories
        .ingest({ ...scopeOf(access), messages, conv_id }, { signal })
        .withResponse();
      const job: IngestJobWire = created.data;
      if (declaresTasks(context)) {
        const pollIntervalMs = pollIntervalOf(created.response);
        return { ...answerJob(access, job, pollIntervalMs), ...createdTask(job, pollIntervalMs) };
      }
      return answerWithin(access, job, context);
    }),
  );
}

/** For clients without tasks: the result if the job ends in time, else the job to ask for. */
async function answerWithin(
  access: MemoryAccess,
  created: IngestJobWire,
  { mcpReq: { signal } }: ServerContext,
) {
  const { client, waitMs: timeoutMs = 20_000 } = access;
  const waiting = { timeoutMs, signal: waitSignalOf(access, signal) };
  try {
    return answerJob(access, await client.memories.jobs.pollUntilDone(created.id, waiting));
  } catch (error) {
    // The job is stored, so nothing that happens after that is a failure of this call.
    if (!MemlaneError.is(error)) throw error;
    return answerJob(access, created, error.retryAfterMs);
  }
}
