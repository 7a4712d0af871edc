import * as Schema from "@effect/schema/Schema";
import type { MemoryId } from "../ids/id.ts";
import { ingestStatuses } from "../ingest/status.ts";
import { messageOutcomes } from "../job/job.ts";
import type * as core from "../job/job.ts";
import { memoryTypes } from "../memory/memory.ts";
import { JobId, MemoryUuid } from "./ids.ts";
import { Instant } from "./instant.ts";
import { wordOf } from "./word.ts";

const MemoryType = Schema.Literal(...memoryTypes);
const Reference = Schema.Struct({
  id: MemoryUuid,
  type: Schema.optionalWith(MemoryType, { default: () => "fact" as const }),
  text: Schema.String,
});
const References = Schema.optionalWith(Schema.Array(Reference), { default: () => [] });

// A plain object cannot hold a key of this name.
const Key = Schema.String.pipe(Schema.filter((key) => key !== "__proto__"));
const Timings = Schema.Record({ key: Key, value: Schema.JsonNumber });
const memoryId = Schema.typeSchema(MemoryUuid);
const Superseded = Schema.Record({ key: Key, value: Schema.String }).pipe(
  Schema.transform(Schema.Array(Schema.Tuple(MemoryUuid, MemoryUuid)), {
    strict: true,
    decode: (record) => Object.entries(record),
    encode: (pairs) => Object.fromEntries(pairs),
  }),
  Schema.transform(Schema.Record({ key: memoryId, value: memoryId }), {
    strict: true,
    decode: (pairs): core.IngestResult["supersededBy"] => Object.fromEntries(pairs),
    encode: (record) => Object.entries(record) as [MemoryId, MemoryId][],
  }),
);

const Count = Schema.Int.pipe(Schema.nonNegative());
const Redactions = Schema.optional(Schema.Record({ key: Key, value: Count }));
const Extractor = Schema.Struct({
  name: Schema.String,
  model: Schema.optional(Schema.String),
  prompt: Schema.optional(Schema.String),
  fallback_reason: Schema.optional(Schema.String),
  unread_messages: Schema.optional(Count),
  refused_claims: Schema.optional(Count),
});

const report = {
  index: Count,
  id: Schema.optional(Schema.String),
  outcome: Schema.Literal(...messageOutcomes),
};

const Result = Schema.Struct({
  object: Schema.optionalWith(Schema.Literal("ingest_result"), { default: () => "ingest_result" as const }),
  memories_created: References,
  memories_updated: References,
  memories_superseded_by: Schema.optionalWith(Superseded, { default: () => ({}) }),
  stage_timings: Schema.optionalWith(Timings, { default: () => ({}) }),
  extractor: Schema.optional(Extractor),
  messages: Schema.optional(Schema.Array(Schema.Struct({ ...report, memory_ids: Schema.Array(MemoryUuid) }))),
  redactions: Redactions,
  ignored_group_ids: Schema.optionalWith(Schema.Array(Schema.String), { default: () => [] }),
  left_out: Schema.optional(Count),
});
const Failure = Schema.Struct({ type: Schema.String, code: Schema.String, message: Schema.String });

// One shape for each outcome, so that a status which contradicts result or error has none.
const nothing = Schema.optionalWith(Schema.Null, { default: () => null });
const head = {
  object: Schema.optionalWith(Schema.Literal("ingest_job"), { default: () => "ingest_job" as const }),
  id: JobId,
  created_at: Instant,
  updated_at: Schema.optional(Instant),
  expires_at: Schema.optional(Instant),
};
const Wire = Schema.Union(
  Schema.Struct({
    ...head,
    status: wordOf(ingestStatuses, ["queued", "active"]),
    result: nothing,
    error: nothing,
  }),
  Schema.Struct({ ...head, status: wordOf(ingestStatuses, ["succeeded"]), result: Result, error: nothing }),
  Schema.Struct({ ...head, status: wordOf(ingestStatuses, ["failed"]), result: nothing, error: Failure }),
);

const base = {
  kind: Schema.Literal("ingest"),
  id: Schema.typeSchema(JobId),
  createdAt: Schema.typeSchema(Instant),
  updatedAt: Schema.typeSchema(Instant),
  expiresAt: Schema.optional(Schema.typeSchema(Instant)),
};
const references = Schema.Array(Schema.typeSchema(Reference));
const Job = Schema.Union(
  Schema.Struct({ ...base, state: Schema.Literal("queued", "active") }),
  Schema.Struct({
    ...base,
    state: Schema.Literal("succeeded"),
    result: Schema.Struct({
      created: references,
      updated: references,
      supersededBy: Schema.typeSchema(Superseded),
      stageTimings: Timings,
      extractor: Schema.optional(
        Schema.Struct({
          name: Schema.String,
          model: Schema.optional(Schema.String),
          prompt: Schema.optional(Schema.String),
          fallbackReason: Schema.optional(Schema.String),
          unreadMessages: Schema.optional(Count),
          refusedClaims: Schema.optional(Count),
        }),
      ),
      messages: Schema.optional(
        Schema.Array(Schema.Struct({ ...report, memoryIds: Schema.Array(memoryId) })),
      ),
      redactions: Redactions,
      ignoredGroupIds: Schema.Array(Schema.String),
      leftOut: Schema.optional(Count),
    }),
  }),
  Schema.Struct({ ...base, state: Schema.Literal("failed"), failure: Failure }),
);

/** An ingest job as its dialect writes it. Refuses a status that contradicts `result` or `error`. */
export const IngestJob: Schema.Schema<core.IngestJob, typeof Wire.Encoded> = Schema.transform(Wire, Job, {
  strict: true,
  decode: ({ id, created_at, updated_at = created_at, expires_at, ...wire }) => {
    const known = {
      kind: "ingest",
      id,
      createdAt: created_at,
      updatedAt: updated_at,
      expiresAt: expires_at,
    } as const;
    switch (wire.status) {
      case "queued":
      case "active":
        return { ...known, state: wire.status };
      case "succeeded":
        return { ...known, state: wire.status, result: readResult(wire.result) };
      case "failed":
        return { ...known, state: wire.status, failure: wire.error };
    }
  },
  encode: (job) => {
    const known = {
      object: "ingest_job",
      id: job.id,
      created_at: job.createdAt,
      updated_at: job.updatedAt,
      expires_at: job.expiresAt,
    } as const;
    switch (job.state) {
      case "queued":
      case "active":
        return { ...known, status: job.state, result: null, error: null };
      case "succeeded":
        return { ...known, status: job.state, result: printResult(job.result), error: null };
      case "failed":
        return { ...known, status: job.state, result: null, error: job.failure };
    }
  },
});

function readResult(wire: typeof Result.Type): core.IngestResult {
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

function printResult(result: core.IngestResult): typeof Result.Type {
  return {
    object: "ingest_result",
    memories_created: result.created,
    memories_updated: result.updated,
    memories_superseded_by: result.supersededBy,
    stage_timings: result.stageTimings,
    extractor: result.extractor && printExtractor(result.extractor),
    messages: result.messages?.map(({ memoryIds, ...same }) => ({ ...same, memory_ids: memoryIds })),
    redactions: result.redactions,
    ignored_group_ids: result.ignoredGroupIds,
    left_out: result.leftOut,
  };
}

function readExtractor({
  fallback_reason: fallbackReason,
  unread_messages: unreadMessages,
  refused_claims: refusedClaims,
  ...same
}: typeof Extractor.Type): core.ExtractorReport {
  return { ...same, fallbackReason, unreadMessages, refusedClaims };
}

function printExtractor({
  fallbackReason: fallback_reason,
  unreadMessages: unread_messages,
  refusedClaims: refused_claims,
  ...same
}: core.ExtractorReport): typeof Extractor.Type {
  return { ...same, fallback_reason, unread_messages, refused_claims };
}
