import { jobIds, type IngestResult, type JobFailure, type JobId, type MemoryReference } from "@memlane/core";
import { learnedOf, printIngestFailure, type learningEventCodec } from "@memlane/core/internal";
import type * as z from "zod/mini";
import type { LearningNotice } from "../store/webhook-deliveries.ts";

/** A job with its request, which the route validated before storing it. */
interface LearningJob {
  readonly id: JobId;
  readonly request: unknown;
}

type EventWire = z.input<typeof learningEventCodec>;

/** The notice of an ingest job that succeeded. */
export function noticeOfSuccess(
  job: LearningJob,
  { created, updated }: IngestResult,
  at: Date,
): LearningNotice {
  return notice({
    event: "memory.learning.completed",
    ...aboutJob(job, at),
    memories: learnedOf(created).map(printReference), // empty if nothing was found

    memories_updated: updated.map(printReference),
  });
}

/** The notice of an ingest job that failed. */
export function noticeOfFailure(job: LearningJob, failure: JobFailure, at: Date): LearningNotice {
  return notice({
    event: "memory.learning.failed",
    ...aboutJob(job, at),
    memories: [],
    memories_updated: [],
    error: printIngestFailure(failure),
  });
}

function aboutJob({ id, request }: LearningJob, at: Date) {
  const { conv_id, user_id } = request as Pick<EventWire, "conv_id" | "user_id">;
  return { job_id: jobIds.print(id), conv_id, user_id, timestamp: at.toISOString() };
}

const printReference = ({ id, type }: MemoryReference) => ({ id, type });

const notice = (wire: EventWire): LearningNotice => ({ event: wire.event, body: JSON.stringify(wire) });
