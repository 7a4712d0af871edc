// What is said to an organisation that has come to one of its limits.
import { MemlaneError } from "@memlane/core";

/** The month's memories are stored, or promised to batches that are under way. */
export function quotaReached(writesPerMonth: number, nowMs: number): MemlaneError {
  const now = new Date(nowMs);
  const nextMonthMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
  return new MemlaneError({
    code: "quota_exceeded",
    message: `monthly write quota reached (${writesPerMonth})`,
    retryAfterMs: nextMonthMs - nowMs,
  });
}

/** A new agent would be one too many. */
export function agentCapReached(agents: number): MemlaneError {
  return new MemlaneError({ code: "agent_cap_exceeded", message: `agent cap reached (${agents})` });
}

/** As many batches as there may be are under way; nobody knows until when. */
export function tooManyBatches(unfinishedBatches: number): MemlaneError {
  const message = `${unfinishedBatches} batches are unfinished, which is the limit: wait until one of them ends`;
  return new MemlaneError({ code: "too_many_batches", message });
}

/** As many jobs as there may be are under way. */
export function writesPaused(unfinishedJobs: number, retryAfterMs: number): MemlaneError {
  const message = `${unfinishedJobs} jobs are unfinished, which is the limit: nothing more is taken for a moment`;
  return new MemlaneError({ code: "writes_paused", message, retryAfterMs });
}
