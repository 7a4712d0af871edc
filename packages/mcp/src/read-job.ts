import { MemlaneError, type IngestJobWire } from "@memlane/core";
import { parseRetryAfter } from "@memlane/core/internal";
import type { MemoryAccess } from "./memory-access.ts";

/** A job, and when to read it again. */
export interface JobReading {
  readonly job: IngestJobWire;
  /** The server's estimate, in milliseconds; undefined if the job has ended or the server gives none. */
  readonly pollIntervalMs: number | undefined;
}

/** The poll interval in an answer's `Retry-After`, in milliseconds. */
export function pollIntervalOf(response: {
  readonly header: (name: string) => string | null;
}): number | undefined {
  return parseRetryAfter(response.header("retry-after"), Date.now());
}

/**
 * Reads a job. A job does not name its user, but its memories do: the result of another user's job is treated as
 * missing.
 * @throws MemlaneError `job_not_found`
 */
export async function readJob(
  { client, userId }: MemoryAccess,
  id: string,
  signal?: AbortSignal,
): Promise<JobReading> {
  const { data: job, response } = await client.memories.jobs.get(id, { signal }).withResponse();
  await checkOwner({ client, userId }, job, signal);
  return { job, pollIntervalMs: pollIntervalOf(response) };
}

/** @throws MemlaneError `job_not_found` if the job's memories are another user's */
export async function checkOwner(
  { client, userId }: Pick<MemoryAccess, "client" | "userId">,
  { id, result }: IngestJobWire,
  signal?: AbortSignal,
): Promise<void> {
  const [memory] = [...(result?.memories_created ?? []), ...(result?.memories_updated ?? [])];
  if (memory === undefined) return;
  const owner = await client.memories.get(memory.id, { signal }).then(
    ({ user_id }) => user_id,
    (error: unknown) => {
      if (MemlaneError.is(error) && error.status === 404) return userId; // it has been deleted since
      throw error;
    },
  );
  if (owner !== userId)
    throw new MemlaneError({ code: "job_not_found", message: "there is no such job", jobId: id });
}
