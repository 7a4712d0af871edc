import * as z from "zod/mini";
import { openWord } from "../dialect/open-word.ts";
import { vocabularyWire } from "../dialect/vocabulary.ts";
import { jobIdWire, memoryUuidWire } from "../dialect/id-wire.ts";
import { instantWire } from "../dialect/instant.ts";
import { messageOutcomes, type ExtractorReport, type IngestJob, type IngestResult } from "../job/job.ts";
import { memoryTypes } from "../memory/memory.ts";
import { ingestStatuses } from "./status.ts";

const count = z.int().check(z.gte(0));
const extractor = z.object({
  /** Such as `offline` or `llm`. */
  name: z.string(),
  /** The model behind it; absent where there is none. */
  model: z.optional(z.string()),
  /** Its prompt with the version, such as `extract-memories-1`. */
  prompt: z.optional(z.string()),
  /** Why it stood in for the extractor that is configured; absent unless it did. */
  fallback_reason: z.optional(z.string()),
  /** How many messages were not read, or not whole, for want of budget. */
  unread_messages: z.optional(count),
  /** How many claims were refused because no message bears them out. */
  refused_claims: z.optional(count),
});

// Defaults stand where a server of this dialect may leave a field out: the seed's own example of a result has
// no `type` on its memories and no `ignored_group_ids`.
const jobOf = <
  JobId extends z.ZodMiniType,
  MemoryId extends z.ZodMiniType,
  MemoryIds extends z.ZodMiniType,
  MemoryType extends z.ZodMiniType,
  Outcome extends z.ZodMiniType,
  Status extends z.ZodMiniType,
  Instant extends z.ZodMiniType,
>(leaf: {
  jobId: JobId;
  memoryId: MemoryId;
  memoryIds: MemoryIds;
  memoryType: MemoryType;
  outcome: Outcome;
  status: Status;
  instant: Instant;
}) => {
  const reference = z.object({ id: leaf.memoryId, type: leaf.memoryType, text: z.string() });
  const result = z.object({
    object: z._default(z.literal("ingest_result"), "ingest_result"),
    /** What is new. */
    memories_created: z._default(z.array(reference), []),
    /** What was known and is known better now. */
    memories_updated: z._default(z.array(reference), []),
    /** The id of each memory that no longer holds, and of the one that took its place. */
    memories_superseded_by: leaf.memoryIds,
    /** Seconds spent in each stage of the pipeline. */
    stage_timings: z._default(z.record(z.string(), z.number()), {}),
    /** Which extractor read the conversation; absent where a server does not say. */
    extractor: z.optional(extractor),
    /** What became of each message; absent where a server does not say. */
    messages: z.optional(
      z.array(
        z.object({
          index: count,
          id: z.optional(z.string()),
          outcome: leaf.outcome,
          memory_ids: z.array(leaf.memoryId),
        }),
      ),
    ),
    /** How often each kind of secret or personal data was replaced in the messages; absent where none was. */
    redactions: z.optional(z.record(z.string(), count)),
    /** The requested groups that do not exist or are archived. */
    ignored_group_ids: z._default(z.array(z.string()), []),
    /** How many entries these lists lack, because the result would be too large; absent when they are whole. */
    left_out: z.optional(count),
  });
  return z.object({
    object: z._default(z.literal("ingest_job"), "ingest_job"),
    id: leaf.jobId,
    /** `pending`, `running`, `succeeded` or `failed`; a newer server may know more. */
    status: leaf.status,
    /** When it was handed over, in ISO 8601. */
    created_at: leaf.instant,
    /** When its status last changed, in ISO 8601. */
    updated_at: z.optional(leaf.instant),
    /** When a job that has ended is forgotten, in ISO 8601; absent while it goes on. */
    expires_at: z.optional(leaf.instant),
    /** What it did; null unless it succeeded. */
    result: z._default(z.nullable(result), null),
    /** Why it failed; null unless it did. */
    error: z._default(
      z.nullable(z.object({ type: z.string(), code: z.string(), message: z.string() })),
      null,
    ),
  });
};

/** An ingest job as any server of this dialect may send it: its status may be a word that we do not know. */
export const ingestJobWire = jobOf({
  jobId: z.string(),
  memoryId: z.string(),
  memoryIds: z._default(z.record(z.string(), z.string()), {}),
  memoryType: z._default(openWord(memoryTypes), "fact"),
  outcome: openWord(messageOutcomes),
  status: openWord(Object.values(ingestStatuses.words)),
  instant: z.string(),
});

type OpenJob = z.output<typeof ingestJobWire>;

/** What an ingest job did, as the wire has it. */
export interface IngestResultWire extends NonNullable<OpenJob["result"]> {}

/** An ingest job as the wire has it. */
export interface IngestJobWire extends OpenJob {
  /** What it did; null unless it succeeded. */
  result: IngestResultWire | null;
}

const exactJob = jobOf({
  jobId: jobIdWire,
  memoryId: memoryUuidWire,
  memoryIds: z._default(z.record(memoryUuidWire, memoryUuidWire), {}),
  memoryType: z._default(z.enum(memoryTypes), "fact"),
  outcome: z.enum(messageOutcomes),
  status: vocabularyWire(ingestStatuses),
  instant: instantWire,
});
type ExactJob = z.output<typeof exactJob>;
type ExactResult = NonNullable<ExactJob["result"]>;

/** Reads an ingest job off the wire and prints one. Refuses a status that contradicts `result` or `error`. */
export const ingestJobCodec = z.codec(exactJob, z.custom<IngestJob>(), {
  decode: (wire, context) => {
    const { id, status, result, error } = wire;
    const base = {
      kind: "ingest",
      id,
      createdAt: wire.created_at,
      updatedAt: wire.updated_at ?? wire.created_at,
      expiresAt: wire.expires_at,
    } as const;
    if (status === "succeeded" && result !== null && error === null) {
      return { ...base, state: status, result: readResult(result) };
    }
    if (status === "failed" && error !== null && result === null)
      return { ...base, state: status, failure: error };
    if ((status === "queued" || status === "active") && error === null && result === null) {
      return { ...base, state: status };
    }
    context.issues.push({
      code: "custom",
      input: wire,
      message: "status, result and error contradict each other",
    });
    return z.NEVER;
  },
  encode: (job) => ({
    object: "ingest_job" as const,
    id: job.id,
    status: job.state,
    created_at: job.createdAt,
    updated_at: job.updatedAt,
    expires_at: job.expiresAt,
    result: job.state === "succeeded" ? printResult(job.result) : null,
    error: job.state === "failed" ? job.failure : null,
  }),
});

function readResult(wire: ExactResult): IngestResult {
  return {
    created: wire.memories_created,
    updated: wire.memories_updated,
    supersededBy: wire.memories_superseded_by,
    stageTimings: wire.stage_timings,
    extractor: wire.extractor && readExtractor(wire.extractor),
    messages: wire.messages?.map(({ memory_ids: memoryIds, ...same }) => ({ ...same, memoryIds })),
    redactions: wire.redactions,
    ignoredGroupIds: wire.ignored_group_ids,
    leftOut: wire.left_out,
  };
}

function printResult(result: IngestResult): ExactResult {
  return {
    object: "ingest_result",
    memories_created: [...result.created],
    memories_updated: [...result.updated],
    memories_superseded_by: result.supersededBy,
    stage_timings: result.stageTimings,
    extractor: result.extractor && printExtractor(result.extractor),
    messages: result.messages?.map(({ memoryIds, ...same }) => ({ ...same, memory_ids: [...memoryIds] })),
    redactions: result.redactions && { ...result.redactions },
    ignored_group_ids: [...result.ignoredGroupIds],
    left_out: result.leftOut,
  };
}

function readExtractor({
  fallback_reason: fallbackReason,
  unread_messages: unreadMessages,
  refused_claims: refusedClaims,
  ...same
}: z.output<typeof extractor>): ExtractorReport {
  return { ...same, fallbackReason, unreadMessages, refusedClaims };
}

function printExtractor({
  fallbackReason: fallback_reason,
  unreadMessages: unread_messages,
  refusedClaims: refused_claims,
  ...same
}: ExtractorReport): z.output<typeof extractor> {
  return { ...same, fallback_reason, unread_messages, refused_claims };
}
