// A program of a new user. The test compiles it in a project that has installed the packages.
import { MemlaneError, MemoryClient } from "@memlane/sdk-node";
import { watchJob, type JobSnapshot } from "@memlane/sdk-browser";
import { JobProgress, useJob } from "@memlane/sdk-browser/react";
import { startServer } from "@memlane/server";

export async function remember(content: string): Promise<number> {
  const client = new MemoryClient({ timeoutMs: 10_000 });
  try {
    const messages = [{ role: "user", content }];
    const job = await client.memories.ingest({ messages, user_id: "ann", conv_id: "c1" }, { token: true });
    const done = await client.memories.jobs.pollUntilDone(job.id, {
      onUpdate: ({ status }) => console.log(status),
    });
    return done.result?.memories_created.length ?? 0;
  } catch (error) {
    if (MemlaneError.is(error) && error.retryable) return 0;
    throw error;
  }
}

export function watch(id: string, token: string): () => void {
  const job = watchJob({ id, token, baseUrl: "/memlane", dialect: "batch" });
  return job.subscribe(() => show(job.getSnapshot()));
}

function show(snapshot: JobSnapshot<{ readonly imported: number }>): void {
  if (snapshot.phase === "progress") console.log(snapshot.job.imported);
}

export const components = [JobProgress, useJob];
export { startServer };
