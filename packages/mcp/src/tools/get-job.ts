import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { describeErrors } from "../describe-errors.ts";
import { answerJob, jobOutput } from "../job-answer.ts";
import type { MemoryAccess } from "../memory-access.ts";
import { readJob } from "../read-job.ts";

const input = z.object({ job_id: z.string().min(1).max(100).describe("From add_conversation.") });

/** Adds `get_job`. */
export function addGetJob(server: McpServer, access: MemoryAccess): void {
  server.registerTool(
    "get_job",
    {
      title: "Get a job",
      description:
        "See whether a conversation from add_conversation has been read, and what was remembered from it.",
      inputSchema: input,
      outputSchema: jobOutput,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    describeErrors(access, async ({ job_id }, { mcpReq: { signal } }) => {
      const { job, pollIntervalMs } = await readJob(access, job_id, signal);
      // Reading a failed job is not a failure of this tool.
      return { ...answerJob(access, job, pollIntervalMs), isError: false };
    }),
  );
}
