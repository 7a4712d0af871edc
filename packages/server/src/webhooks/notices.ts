// What webhooks receive, as the statements that end jobs store it.
import {
  jobIds,
  webhookIds,
  type BatchEventWire,
  type IngestResult,
  type JobFailure,
  type JobId,
  type MemoryReference,
  type TestEventWire,
  type WebhookId,
} from "@memlane/core";
import { learnedOf, printIngestFailure, type learningEventCodec } from "@memlane/core/internal";
import type * as z from "zod/mini";
import type { Notice } from "../store/webhook-deliveries.ts";

/** A job with its request, which the route validated before storing it. */
interface LearningJob {
  readonly id: JobId;
  readonly request: unknown;
}

type LearningEventWire = z.input<typeof learningEventCodec>;

/** The notice of an ingest job that succeeded. */
export function noticeOfSuccess(job: LearningJob, { created, updated }: IngestResult, at: Date): Notice {
  return notice({
    event: "memory.learning.completed",
    ...aboutJob(job, at),
    memories: learnedOf(created).map(printReference), // empty if nothing was found
    memories_updated: updated.map(printReference),
  });
}

/** The notice of an ingest job that failed. */
export function noticeOfFailure(job: LearningJob, failure: JobFailure, at: Date): Notice {
  return notice({
    event: "memory.learning.failed",
    ...aboutJob(job, at),
    memories: [],
    memories_updated: [],
    error: printIngestFailure(failure),
  });
}

/** The notice of a batch that ended. The statement that ends it adds its counts. */
export function noticeOfBatch(id: JobId, at: Date, failure?: JobFailure): Notice {
  const about = { job_id: jobIds.print(id), timestamp: at.toISOString() };
  return notice(
    failure === undefined
      ? { event: "memory.batch.completed", ...about }
      : { event: "memory.batch.failed", ...about, error: failure },
  );
}

/** The notice of a test. */
export function noticeOfTest(id: WebhookId, at: Date): Notice {
  return notice({ event: "webhook.test", webhook_id: webhookIds.print(id), timestamp: at.toISOString() });
}

function aboutJob({ id, request }: LearningJob, at: Date) {
  const { conv_id, user_id } = request as Pick<LearningEventWire, "conv_id" | "user_id">;
  return { job_id: jobIds.print(id), conv_id, user_id, timestamp: at.toISOString() };
}

const printReference = ({ id, type }: MemoryReference) => ({ id, type });

type Uncounted<Event> = Event extends BatchEventWire
  ? Omit<Event, "received" | "imported" | "failed">
  : Event;

const notice = (wire: Uncounted<LearningEventWire | BatchEventWire | TestEventWire>): Notice => ({
  event: wire.event,
  body: JSON.stringify(wire),
});
