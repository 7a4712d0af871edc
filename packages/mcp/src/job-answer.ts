import { ingestStatuses, isTerminal, type IngestJobWire } from "@memlane/core";
import { learnedOf } from "@memlane/core/internal";
import type { CallToolResult } from "@modelcontextprotocol/server";
import * as z from "zod";
import { clip, fitAnswer } from "./fit-answer.ts";
import { answerTokensOf, type MemoryAccess } from "./memory-access.ts";

/** The result of a tool that returns a job. */
export const jobOutput = z.object({
  job_id: z.string().describe("For get_job."),
  status: z.string().describe("pending, running, succeeded, failed or cancelled."),
  created: z.array(z.string()).describe("The new memories."),
  updated: z.array(z.string()).describe("Known memories that became more precise."),
  replaced: z.number().describe("How many memories are no longer valid."),
  left_out: z.number().describe("How many memories of these lists did not fit."),
  error: z.string().optional().describe("Why it failed."),
});

/** Whether a job has ended. */
export function hasEnded({ status }: IngestJobWire): boolean {
  const state = ingestStatuses.nameOf(status);
  return state !== undefined && isTerminal(state);
}

/** Whether a job was cancelled. */
export function isCancelled({ error }: IngestJobWire): boolean {
  return (error?.reason ?? error?.code) === "cancelled";
}

/** The answer about a job. A job that failed is an error of its tool; a cancelled one is not. */
export function answerJob(access: MemoryAccess, job: IngestJobWire, pollIntervalMs?: number): CallToolResult {
  const { id, result, error } = job;
  const status = isCancelled(job) ? "cancelled" : job.status;
  const entriesOf = (list: "created" | "updated") =>
    learnedOf(result?.[`memories_${list}`]).map((memory) => {
      const text = clip(memory.text);
      return { line: `- ${list}: ${text}`, fields: { list, text } };
    });
  const entries = [...entriesOf("created"), ...entriesOf("updated")];
  const { lines, fields, leftOut } = fitAnswer(entries, answerTokensOf(access));
  const textsOf = (list: "created" | "updated") =>
    fields.filter((each) => each.list === list).map(({ text }) => text);
  const message = error === null ? undefined : clip(error.message);
  const structuredContent: z.output<typeof jobOutput> = {
    job_id: id,
    status,
    created: textsOf("created"),
    updated: textsOf("updated"),
    replaced: Object.keys(result?.memories_superseded_by ?? {}).length,
    left_out: leftOut + (result?.left_out ?? 0),
    ...(message !== undefined && { error: message }),
  };
  const text = [headline(job, status, pollIntervalMs), ...(message === undefined ? [] : [message]), ...lines];
  if (structuredContent.left_out > 0) text.push(`(${structuredContent.left_out} more)`);
  return {
    content: [{ type: "text", text: text.join("\n") }],
    structuredContent,
    ...(status === "failed" && { isError: true }),
  };
}

function headline(job: IngestJobWire, status: string, pollIntervalMs: number | undefined): string {
  if (hasEnded(job)) {
    const isEmpty = status === "succeeded" && learnedOf(job.result?.memories_created).length === 0;
    return `The job ${job.id} ${status}${isEmpty ? ": it found nothing new to remember" : ""}.`;
  }
  const seconds = Math.max(1, Math.ceil((pollIntervalMs ?? 1000) / 1000));
  return `The conversation is safely stored. The job ${job.id} is ${status}: call get_job in about ${seconds} s for the result, or go on without it.`;
}
