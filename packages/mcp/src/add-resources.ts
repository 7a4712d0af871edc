import { ResourceTemplate, type McpServer } from "@modelcontextprotocol/server";
import { describeErrors } from "./describe-errors.ts";
import { describeMemory } from "./describe-memory.ts";
import { fitAnswer } from "./fit-answer.ts";
import { answerJob } from "./job-answer.ts";
import { answerTokensOf, scopeOf, type MemoryAccess } from "./memory-access.ts";
import { readJob } from "./read-job.ts";

/** Adds the user's profile, and one resource for each job. */
export function addResources(server: McpServer, access: MemoryAccess): void {
  server.registerResource(
    "profile",
    "memlane://profile",
    {
      title: "Profile",
      description: "The newest facts about the user, each with its date and source.",
      mimeType: "text/markdown",
    },
    describeErrors(access, async ({ href: uri }, { mcpReq: { signal } }) => {
      const { data } = await access.client.memories.listPage(
        { ...scopeOf(access), type: "fact", limit: 100 },
        { signal },
      );
      const active = data.filter(({ details }) => (details?.status ?? "active") === "active");
      const { lines } = fitAnswer(
        active.map((memory) => ({ ...describeMemory(memory), fields: null })),
        answerTokensOf(access),
      );
      const text = lines.length === 0 ? "Nothing is known yet." : ["## Known facts", ...lines].join("\n");
      return { contents: [{ uri, mimeType: "text/markdown", text }] };
    }),
  );
  server.registerResource(
    "job",
    new ResourceTemplate("memlane://jobs/{job_id}", { list: undefined }),
    {
      title: "Job",
      description: "The state and the result of a conversation that was added.",
      mimeType: "application/json",
    },
    describeErrors(access, async ({ href: uri }, { job_id }, { mcpReq: { signal } }) => {
      const { job, pollIntervalMs } = await readJob(access, String(job_id), signal);
      const text = JSON.stringify(answerJob(access, job, pollIntervalMs).structuredContent);
      return { contents: [{ uri, mimeType: "application/json", text }] };
    }),
  );
}
