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

export const jobId = matching(/^job_[0-9a-f]{32}$/, "an id like job_<32 hex>");
export const uuid = matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "a UUID with dashes");
const groupId = matching(/^grp_[0-9a-f]{32}$/, "an id like grp_<32 hex>");

const memoryRef = { id: uuid, type: filledText, text } as const;

/** The result of a job that succeeded. */
export const ingestResult = {
  object: "ingest_result",
  memories_created: listOf(memoryRef),
  memories_updated: listOf(memoryRef),
  memories_superseded_by: recordOf(uuid),
  stage_timings: recordOf(number),
  ignored_group_ids: listOf(text),
} as const;

/** A job in any state. */
export const ingestJob = {
  object: "ingest_job",
  id: jobId,
  status: oneOf("pending", "running", "succeeded", "failed"),
  created_at: timestamp,
  updated_at: timestamp,
} as const;

export const unfinishedJob = {
  ...ingestJob,
  status: oneOf("pending", "running"),
  result: null,
  error: null,
} as const;
export const succeededJob = { ...ingestJob, status: "succeeded", result: ingestResult, error: null } as const;

/** A memory of any type. */
export const ingestMemory = {
  id: uuid,
  object: "memory",
  type: oneOf("fact", "artifact", "episode", "lesson", "procedure"),
  text: filledText,
  user_id: nullable(text),
  agent_id: nullable(text),
  conv_id: nullable(text),
  app_id: nullable(text),
  group_ids: listOf(groupId),
  categories: listOf(text),
  score: nullable(number),
  created_at: timestamp,
  updated_at: nullable(timestamp),
  details: recordOf(anything),
} as const;

export const factMemory = {
  ...ingestMemory,
  type: "fact",
  details: {
    fact_type: nullable(text),
    status: oneOf("active", "superseded", "retracted"),
    supersedes: nullable(uuid),
    source_role: nullable(text),
    episode_id: nullable(uuid),
    artifact_id: nullable(uuid),
    artifact_ids: listOf(uuid),
    source_event_ids: listOf(text),
  },
} as const;

export const episodeMemory = {
  ...ingestMemory,
  type: "episode",
  details: {
    title: nullable(text),
    started_at: nullable(timestamp),
    ended_at: nullable(timestamp),
    fact_ids: listOf(uuid),
    artifact_ids: listOf(uuid),
  },
} as const;

export const artifactMemory = {
  ...ingestMemory,
  type: "artifact",
  details: {
    title: nullable(text),
    rationale: nullable(text),
    version: count,
    root_id: uuid,
    source_fact_ids: listOf(uuid),
    episode_ids: listOf(uuid),
  },
} as const;

/** A lesson or a procedure. */
export const lessonMemory = {
  ...ingestMemory,
  type: oneOf("lesson", "procedure"),
  details: {
    fact_type: oneOf("lesson", "procedure"),
    trigger_entities: listOf(text),
    matched_on: listOf(text),
    because: nullable(text),
    confidence: nullable(share),
    observation_count: count,
    last_confirmed_at: nullable(timestamp),
    steps: nullable(listOf(text)),
  },
} as const;

/** A page of memories. */
export const memoryPage = {
  object: "list",
  data: listOf(ingestMemory),
  has_more: flag,
  next_cursor: nullable(text),
} as const;

/** What most checks read of the answer of a search. */
export const searchResults = {
  mode: oneOf("compose", "retrieve"),
  data: listOf(ingestMemory),
  context: nullable(text),
} as const;

/** The whole answer of a search. */
export const searchAnswer = {
  ...searchResults,
  object: "search",
  stage_timings: recordOf(number),
  context_selection_applied: flag,
  has_more: false,
  next_cursor: null,
} as const;

export const group = {
  object: "group",
  id: groupId,
  name: filledText,
  prompt: nullable(filledText),
  status: oneOf("active", "archived"),
  created_at: timestamp,
  updated_at: nullable(timestamp),
} as const;

export const webhook = {
  object: "webhook",
  url: filledText,
  events: listOf(oneOf("memory.learning.completed", "memory.learning.failed")),
  enabled: flag,
  secret: matching(/^whsec_/, "a secret that begins with whsec_"),
  created_at: timestamp,
  updated_at: nullable(timestamp),
} as const;

/** The body of a refusal: both of XTrace's forms. */
export function ingestError(code: string, message: ReturnType<typeof matching> = filledText) {
  return {
    error: { type: filledText, code, message, request_id: filledText },
    detail: { code, message },
  } as const;
}
