import type { PollPolicy } from "@memlane/core";
import { pollJob } from "@memlane/core/internal";
import type { JobDialect } from "./job-dialects.ts";
import { createReadEvents } from "./read-events.ts";
import { createReadJob } from "./read-job.ts";
import type { Send } from "./send.ts";
import { sleep } from "./sleep.ts";

/**
 * Reads a job until it ends, off its events, else by held answers, else by asking again, and always by core's policy.
 *
 * @throws MemlaneError when the end cannot be learned
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
