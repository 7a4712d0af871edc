// The errors of an organisation that has reached a limit.
import { MemlaneError } from "@memlane/core";

/**
 * The month's quota is used up by memories that are stored or promised to unfinished batches. No `Retry-After`, because
 * clients would sleep that long, and a short sleep would not help.
 */
export function quotaReached(writesPerMonth: number, used: number, nowMs: number): MemlaneError {
  const now = new Date(nowMs);
  const resetsAt = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1));
  return new MemlaneError({
    code: "quota_exceeded",
    message: `monthly write quota reached (${writesPerMonth})`,
    quota: { limit: writesPerMonth, used, resetsAt },
  });
}

/** A new agent would exceed the cap. */
export function agentCapReached(agents: number): MemlaneError {
  return new MemlaneError({ code: "agent_cap_exceeded", message: `agent cap reached (${agents})` });
}

/** Too many batches are unfinished. No `Retry-After`, because it is unknown when a batch ends. */
export function tooManyBatches(unfinishedBatches: number): MemlaneError {
  const message = `${unfinishedBatches} batches are still being imported; wait for one to finish.`;
  return new MemlaneError({ code: "too_many_batches", message });
}

/** Too many jobs are unfinished. */
export function writesPaused(unfinishedJobs: number, retryAfterMs: number): MemlaneError {
  const message = `${unfinishedJobs} jobs are unfinished, which is the limit: try again when some of them have ended`;
  return new MemlaneError({ code: "writes_paused", message, retryAfterMs });
}
