import type { PollPolicy } from "@memlane/core";
import { pollJob } from "@memlane/core/internal";
import type { JobDialect } from "./job-dialect.ts";
import { createReadEvents } from "./read-events.ts";
import { createReadJob } from "./read-job.ts";
import type { Send } from "./send.ts";
import { sleep } from "./sleep.ts";

/**
 * Reads a job until it ends: from its events, else by long-polling, else by polling, always by core's policy.
 * @throws MemlaneError if the job's outcome cannot be learned
 */
export async function* followJob<Job extends { readonly status: string }>(
  send: Send,
  dialect: JobDialect<Job>,
  id: string,
  policy: PollPolicy,
  signal: AbortSignal,
): AsyncGenerator<Job, void, undefined> {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const readJob = createReadJob(send, dialect, id, until);
  const read = createReadEvents(send, dialect, id, until, readJob);
  try {
    yield* pollJob({ now: Date.now, random: Math.random, sleep }, read, { id, policy, signal: until });
  } finally {
    over.abort(); // a stream may still be open
  }
}
