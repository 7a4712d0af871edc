import type { IngestJobWire } from "@memlane/core";
import { answerJob, hasEnded, isCancelled } from "../job-answer.ts";
import type { MemoryAccess } from "../memory-access.ts";
import type { JobReading } from "../read-job.ts";

/** A task that shows a job. Its id is the job's id, so every process of the server can answer for it. */
export interface JobTask {
  readonly taskId: string;
  readonly status: "working" | "completed" | "cancelled";
  readonly statusMessage: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
  /** How long after its creation the job is deleted, in milliseconds; null until it has ended. */
  readonly ttlMs: number | null;
  readonly pollIntervalMs?: number;
}

/** The answer that creates a task, in place of a tool's result. */
export function createdTask(
  job: IngestJobWire,
  pollIntervalMs: number | undefined,
): JobTask & { resultType: "task" } {
  return { resultType: "task", ...taskOf({ job, pollIntervalMs }) };
}

/**
 * A task with its result. A job that failed is a completed task with the tool's error: in this protocol, a task fails
 * only by an error of the protocol.
 */
export function detailedTask(
  access: MemoryAccess,
  reading: JobReading,
): JobTask & { readonly result?: Readonly<Record<string, unknown>> } {
  const task = taskOf(reading);
  return task.status === "completed"
    ? { ...task, result: { resultType: "complete", ...answerJob(access, reading.job) } }
    : task;
}

function taskOf({ job, pollIntervalMs }: JobReading): JobTask {
  const { id: taskId, created_at: createdAt, expires_at, error } = job;
  return {
    taskId,
    status: !hasEnded(job) ? "working" : isCancelled(job) ? "cancelled" : "completed",
    statusMessage: error?.message ?? `The job is ${job.status}.`,
    createdAt,
    lastUpdatedAt: job.updated_at ?? createdAt,
    ttlMs: expires_at === undefined ? null : Math.max(0, Date.parse(expires_at) - Date.parse(createdAt)),
    ...(pollIntervalMs !== undefined && { pollIntervalMs }),
  };
}
