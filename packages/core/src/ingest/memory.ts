import * as z from "zod/mini";
import { textOrNull as text, textsOrNone as ids } from "../dialect/answer-fields.ts";
import { openWord } from "../dialect/open-word.ts";
import { groupIds } from "../ids/id.ts";
import {
  memoryStatuses,
  memoryTypes,
  tenses,
  type Artifact,
  type Episode,
  type Lesson,
  type Memory,
} from "../memory/memory.ts";

const details = z.object({
  fact_type: text,
  /** Null if the memory is not a fact, or the server does not send it. */
  status: z._default(z.nullable(openWord(memoryStatuses)), null),
  supersedes: text,
  source_role: text,
  episode_id: text,
  artifact_id: text,
  artifact_ids: ids,
  source_event_ids: ids,
  /** When it was first said, by the date of its message; null if the message had none. In ISO 8601, like the next two fields. */
  occurred_at: text,
  /** When it started to be true. */
  valid_from: text,
  /** When it stopped being true; null while it is active. */
  invalid_at: text,
  /** Whether the fact was over, going on or still to come when it was said; null if the words do not show this. */
  tense: z._default(z.nullable(openWord(tenses)), null),
  /** Only an episode and its messages have this field and the next three. */
  title: z.optional(z.nullable(z.string())),
  started_at: z.optional(z.nullable(z.string())),
  ended_at: z.optional(z.nullable(z.string())),
  fact_ids: z.optional(z.array(z.string())),
  /** Only a message of an episode has this field: its words as they were sent. Its `text` adds the speaker, the day and a date after each relative time. */
  quote: z.optional(z.string()),
  /** Only a lesson or procedure has this field and the next six: the identifiers that recall it. */
  trigger_entities: z.optional(z.array(z.string())),
  /** The identifiers that recalled it. */
  matched_on: z.optional(z.array(z.string())),
  /** Its reason; null if none was given, and in mode `retrieve`. */
  because: z.optional(z.nullable(z.string())),
  /** From 0 to 1; null in mode `retrieve`. */
  confidence: z.optional(z.nullable(z.number())),
  /** How often it was said. */
  observation_count: z.optional(z.nullable(z.int())),
  last_confirmed_at: z.optional(z.nullable(z.string())),
  /** The steps of a procedure. */
  steps: z.optional(z.nullable(z.array(z.string()))),
  /** Only an artifact has this field and the next four, and `title`. */
  rationale: z.optional(z.nullable(z.string())),
  /** Counts from 1. A newer artifact with the same title is the next version. */
  version: z.optional(z.nullable(z.number())),
  /** The first version. */
  root_id: z.optional(z.nullable(z.string())),
  source_fact_ids: z.optional(z.array(z.string())),
  episode_ids: z.optional(z.array(z.string())),
  /** The whole artifact or written memory, of which `text` is a preview. A list has it with `include=full_content`. */
  full_content: z.optional(z.nullable(z.string())),
});

const plainMemoryWire = z.object({
  id: z.string(),
  object: z._default(z.literal("memory"), "memory"),
  type: openWord(memoryTypes),
  /** A preview: at most 800 characters of what a client wrote as it is. */
  text: z.string(),
  /** The user that the memory is about. */
  user_id: text,
  agent_id: text,
  /** The conversation that it comes from. */
  conv_id: text,
  app_id: text,
  /** The groups that share it. */
  group_ids: ids,
  categories: ids,
  /** How well it matches the query; null outside a search. */
  score: z._default(z.nullable(z.number()), null),
  /** In ISO 8601, like `updated_at`. */
  created_at: z.string(),
  updated_at: text,
  /** More about a fact; absent if the server does not send it. */
  details: z.optional(details),
});
/** A memory as the ingest dialect writes it. */
export const ingestMemoryWire = z.extend(plainMemoryWire, {
  /** In a search with `expand`: the related memories, by kind. */
  expanded: z.optional(z.record(z.string(), z.array(plainMemoryWire))),
});
/** A memory in the wire format of the ingest dialect. */
export interface IngestMemoryWire extends z.output<typeof ingestMemoryWire> {}

/** A page; pass its `next_cursor` to get the next one. */
export const ingestMemoryPageWire = z.object({
  object: z._default(z.literal("list"), "list"),
  data: z._default(z.array(ingestMemoryWire), []),
  has_more: z._default(z.boolean(), false),
  /** For the next page; null on the last. */
  next_cursor: text,
});
/** A page of memories in the wire format of the ingest dialect. */
export interface IngestMemoryPageWire extends z.output<typeof ingestMemoryPageWire> {
  data: IngestMemoryWire[];
}

/** The answer to a search; `context` is a block of Markdown for a prompt, null in mode `retrieve`. */
export const ingestSearchWire = z.object({
  object: z._default(z.literal("search"), "search"),
  mode: openWord(["compose", "retrieve"]),
  /** The best first. */
  data: z._default(z.array(ingestMemoryWire), []),
  /** A block of Markdown for a prompt; null in mode `retrieve`. */
  context: text,
  /** The ranking: by words, or by words and meaning; absent if the server does not send it. */
  ranking: z.optional(openWord(["text", "hybrid"])),
  /** Seconds spent in each stage of the search. */
  stage_timings: z._default(z.record(z.string(), z.number()), {}),
  context_selection_applied: z._default(z.boolean(), false),
});
/** The result of a search in the wire format of the ingest dialect. */
export interface IngestSearchWire extends z.output<typeof ingestSearchWire> {
  /** The best first. */
  data: IngestMemoryWire[];
}

/** The beginning of the first line. */
const firstWords = /^.{0,100}/u;

/** The most characters of a text in this dialect, whose texts are previews. A part of a long message has no more either. */
export const longestPreview = 800;
const preview = new RegExp(`^[^]{0,${longestPreview}}`, "u");

/** How a lesson was recalled. */
interface Recall {
  /** The identifiers that recalled it. @default none */
  readonly matchedOn?: readonly string[] | undefined;
  /** Whether its reason and its confidence are left out, as in mode `retrieve`. @default false */
  readonly isBrief?: boolean;
}

/** Prints a memory; `score` only in the answer to a search. */
export function printIngestMemory(
  memory: Memory,
  score: number | null = null,
  recall: Recall = {},
): IngestMemoryWire {
  return {
    id: memory.id,
    object: "memory",
    type: memory.isVerbatim ? "episode" : memory.type, // it keeps words, as an episode does
    text: memory.isVerbatim ? preview.exec(memory.text)![0] : memory.text,
    user_id: memory.userId,
    agent_id: memory.agentId,
    conv_id: memory.conversationId,
    app_id: memory.appId,
    group_ids: memory.groupIds.map(groupIds.print),
    categories: [...memory.categories],
    score,
    created_at: memory.createdAt.toISOString(),
    updated_at: memory.updatedAt.toISOString(),
    details: {
      fact_type: memory.lesson ? memory.type : memory.factType,
      status: memory.status,
      supersedes: memory.supersedes,
      source_role: memory.sourceRole,
      episode_id: memory.episodeId ?? null,
      artifact_id: memory.artifactIds?.[0] ?? null,
      artifact_ids: [...(memory.artifactIds ?? [])],
      source_event_ids: [...memory.sourceEventIds],
      occurred_at: memory.occurredAt?.toISOString() ?? null,
      valid_from: memory.validFrom?.toISOString() ?? null,
      invalid_at: memory.invalidAt?.toISOString() ?? null,
      tense: memory.tense,
      ...(memory.isVerbatim && printEpisode(episodeOfWords(memory))),
      ...(memory.episode !== undefined && printEpisode(memory.episode)),
      ...(memory.quote !== undefined && { quote: memory.quote }),
      ...(memory.lesson && printLesson(memory.lesson, recall)),
      ...(memory.artifact != null && printArtifact(memory.artifact)),
      ...(memory.fullContent !== undefined && { full_content: memory.fullContent }),
    },
  };
}

function printArtifact({ title, rationale, version, rootId, sourceFactIds, episodeIds }: Artifact) {
  return {
    title,
    rationale,
    version,
    root_id: rootId,
    source_fact_ids: [...sourceFactIds],
    episode_ids: [...episodeIds],
  };
}

/** A verbatim memory as an episode with one message. */
function episodeOfWords({ text: words, occurredAt, minedFactIds }: Memory): Episode {
  return {
    title: firstWords.exec(words)![0],
    startedAt: occurredAt,
    endedAt: occurredAt,
    factIds: minedFactIds ?? [],
    artifactIds: [],
  };
}

function printEpisode({ title, startedAt, endedAt, factIds, artifactIds }: Episode) {
  return {
    title,
    started_at: startedAt?.toISOString() ?? null,
    ended_at: endedAt?.toISOString() ?? null,
    fact_ids: [...factIds],
    artifact_ids: [...artifactIds],
  };
}

function printLesson(lesson: Lesson, { matchedOn = [], isBrief = false }: Recall) {
  return {
    trigger_entities: [...lesson.triggerEntities],
    matched_on: [...matchedOn],
    because: isBrief ? null : lesson.because,
    confidence: isBrief ? null : lesson.confidence,
    observation_count: lesson.observationCount,
    last_confirmed_at: new Date(lesson.lastConfirmedAt).toISOString(),
    steps: lesson.steps && [...lesson.steps],
  };
}
