import {
  anything,
  count,
  filledText,
  flag,
  listOf,
  matching,
  nullable,
  number,
  oneOf,
  recordOf,
  share,
  text,
  timestamp,
} from "../pattern.ts";

export const memoryId = matching(/^mem_[0-9a-f]{32}$/, "an id like mem_<32 hex>");
export const factId = matching(/^fct_/, "an id like fct_…");
export const auditId = matching(/^aud_/, "an id like aud_…");
const moment = matching(/^\d{4}-\d\d-\d\d/, "an ISO 8601 date or timestamp");

/** A batch in any state. */
export const batchJob = {
  id: matching(/^job_[0-9a-f]{32}$/, "an id like job_<32 hex>"),
  status: oneOf("pending", "processing", "completed", "failed"),
  received: count,
  imported: count,
  failed: count,
  errors: listOf({ index: count, error: filledText }),
} as const;

/** A memory, as a list has it. */
export const listedMemory = {
  id: memoryId,
  content: filledText,
  user_id: nullable(text),
  agent_id: nullable(text),
  run_id: nullable(text),
  metadata: recordOf(anything),
  created_at: timestamp,
  updated_at: nullable(timestamp),
} as const;

export const fact = {
  id: factId,
  subject: filledText,
  predicate: filledText,
  object: filledText,
  predicate_family: nullable(text),
  predicate_raw: nullable(text),
  subject_type: nullable(text),
  object_is_literal: flag,
  confidence: share,
  user_id: nullable(text),
  agent_id: nullable(text),
  valid_from: nullable(moment),
  invalid_at: nullable(moment),
  invalidated_by: nullable(factId),
  source_memory_id: nullable(memoryId),
  source_memory_ids: listOf(memoryId),
  created_at: timestamp,
  tense: oneOf("current", "past", "planned"),
  observation_count: count,
  last_confirmed_at: nullable(timestamp),
  subject_canonical: nullable(text),
  object_canonical: nullable(text),
} as const;

/** A fact in the answer to a write. */
export const writtenFact = { ...fact, invalidated: listOf(factId) } as const;

/** A memory in the answer to a write of it. */
export const writtenMemory = {
  ...listedMemory,
  status: oneOf("processing", "ready"),
  facts: listOf(writtenFact),
} as const;

/** A memory that is read by its id. */
export const storedMemory = { ...writtenMemory, facts: listOf(fact) } as const;

export const factPage = { facts: listOf(fact), total: count } as const;

export const foundMemory = {
  id: memoryId,
  score: number,
  snippet: filledText,
  user_id: nullable(text),
  agent_id: nullable(text),
  metadata: recordOf(anything),
} as const;

/** The body of a refusal. */
export function batchError(code: string, message: ReturnType<typeof matching> = filledText) {
  return { code, message } as const;
}
