import type { IngestJobWire } from "@memlane/core";
import { countOf, fieldsOf, listOf, numberOf, optionalOf, recordOf, textOf, wordOf } from "./json.ts";

type ResultWire = NonNullable<IngestJobWire["result"]>;
type FailureWire = NonNullable<IngestJobWire["error"]>;
type ExtractorWire = NonNullable<ResultWire["extractor"]>;
type ReferenceWire = ResultWire["memories_created"][number];
type MessageWire = NonNullable<ResultWire["messages"]>[number];

/** Reads an ingest job as core's `ingestJobWire` does. @throws TypeError when it is none */
export function readIngestJob(json: unknown): IngestJobWire {
  const job = fieldsOf(json);
  const { object = "ingest_job", updated_at, expires_at, result = null, error = null } = job;
  return {
    object: wordOf(object, "ingest_job"),
    id: textOf(job["id"]),
    status: textOf(job["status"]),
    created_at: textOf(job["created_at"]),
    updated_at: optionalOf(updated_at, textOf),
    expires_at: optionalOf(expires_at, textOf),
    result: result === null ? null : readResult(result),
    error: error === null ? null : readFailure(error),
  };
}

function readResult(json: unknown): ResultWire {
  const {
    object = "ingest_result",
    memories_created = [],
    memories_updated = [],
    memories_superseded_by = {},
    stage_timings = {},
    extractor,
    messages,
    ignored_group_ids = [],
  } = fieldsOf(json);
  return {
    object: wordOf(object, "ingest_result"),
    memories_created: listOf(memories_created, readReference),
    memories_updated: listOf(memories_updated, readReference),
    memories_superseded_by: recordOf(memories_superseded_by, textOf),
    stage_timings: recordOf(stage_timings, numberOf),
    extractor: optionalOf(extractor, readExtractor),
    messages: optionalOf(messages, (list) => listOf(list, readMessage)),
    ignored_group_ids: listOf(ignored_group_ids, textOf),
  };
}

function readExtractor(json: unknown): ExtractorWire {
  const { name, model, prompt, fallback_reason, unread_messages, refused_claims } = fieldsOf(json);
  return {
    name: textOf(name),
    model: optionalOf(model, textOf),
    prompt: optionalOf(prompt, textOf),
    fallback_reason: optionalOf(fallback_reason, textOf),
    unread_messages: optionalOf(unread_messages, countOf),
    refused_claims: optionalOf(refused_claims, countOf),
  };
}

function readMessage(json: unknown): MessageWire {
  const { index, id, outcome, memory_ids } = fieldsOf(json);
  return {
    index: countOf(index),
    id: optionalOf(id, textOf),
    outcome: textOf(outcome),
    memory_ids: listOf(memory_ids, textOf),
  };
}

function readReference(json: unknown): ReferenceWire {
  const { id, type = "fact", text } = fieldsOf(json);
  return { id: textOf(id), type: textOf(type), text: textOf(text) };
}

/** Reads why a job failed. @throws TypeError when it does not say that */
export function readFailure(json: unknown): FailureWire {
  const { type, code, message } = fieldsOf(json);
  return { type: textOf(type), code: textOf(code), message: textOf(message) };
}
