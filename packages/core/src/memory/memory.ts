import type { JsonObject } from "../json.ts";
import type { GroupId, MemoryId } from "../ids/id.ts";

/** The kinds of memories, as the ingest dialect names them. */
export const memoryTypes = ["fact", "artifact", "episode", "lesson", "procedure"] as const;
/** What kind of memory it is. */
export type MemoryType = (typeof memoryTypes)[number];

/** The types of memories that an agent recalls by identifiers. */
export const lessonTypes = ["lesson", "procedure"] as const;
/** A type of memory that an agent recalls by identifiers. */
export type LessonType = (typeof lessonTypes)[number];

/** `superseded`: replaced by another memory. `retracted`: withdrawn without a replacement. */
export const memoryStatuses = ["active", "superseded", "retracted"] as const;
/** Whether a memory is still valid. */
export type MemoryStatus = (typeof memoryStatuses)[number];

/** Whether a fact was over, going on or still to come when it was said. */
export const tenses = ["past", "current", "planned"] as const;
/** Whether a fact was about the past, the present or the future when it was said. */
export type Tense = (typeof tenses)[number];

/** One memory about a user, an agent or an application. */
export interface Memory {
  readonly id: MemoryId;
  readonly type: MemoryType;
  readonly text: string;
  readonly status: MemoryStatus;
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly appId: string | null;
  /** The conversation that it comes from. */
  readonly conversationId: string | null;
  /** The agent run that wrote it. */
  readonly runId: string | null;
  readonly metadata: JsonObject;
  /** Whether the memory is kept as its client wrote it. Such a memory is not a fact, but facts are mined from it. */
  readonly isVerbatim: boolean;
  readonly categories: readonly string[];
  /** The groups that share it. */
  readonly groupIds: readonly GroupId[];
  /** The kind of a fact, such as `home` or `preference`. */
  readonly factType: string | null;
  /** The memory that this one replaced. */
  readonly supersedes: MemoryId | null;
  /** The role of its speaker. */
  readonly sourceRole: string | null;
  /** The `dia_id`s of the messages that said it. */
  readonly sourceEventIds: readonly string[];
  /** The episode or the verbatim memory that it comes from; absent if the server does not send it. */
  readonly episodeId?: MemoryId | null | undefined;
  /** The artifacts from the same messages as a fact; absent if the server does not send them. */
  readonly artifactIds?: readonly MemoryId[] | null | undefined;
  /** The facts of a verbatim memory. */
  readonly minedFactIds?: readonly MemoryId[] | null | undefined;
  /** The episode's data, if this memory is an episode or a message of one. */
  readonly episode?: Episode | undefined;
  /** The words of a message as they were sent. Its text adds the speaker, the day and a date after each relative time. */
  readonly quote?: string | undefined;
  /** The data of a lesson or procedure. */
  readonly lesson?: Lesson | null | undefined;
  /** The artifact's data, if this memory is an artifact. */
  readonly artifact?: Artifact | null | undefined;
  /** The whole text of an artifact or of a verbatim memory; absent unless requested. */
  readonly fullContent?: string | undefined;
  /** When the memory was first said or the event happened, as the client dated it; null if the client gave no date. */
  readonly occurredAt: Date | null;
  /** When a fact started to be true; null for a memory that is not a fact. */
  readonly validFrom: Date | null;
  /** When a fact stopped being true; null while it is active. */
  readonly invalidAt: Date | null;
  /** Null if the words do not show it. */
  readonly tense: Tense | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Code, a list or a document from a conversation. The text of its memory is a preview. */
export interface Artifact {
  readonly title: string;
  /** Why it is kept. */
  readonly rationale: string;
  /** Counts from 1. */
  readonly version: number;
  /** The first version. */
  readonly rootId: MemoryId;
  /** The facts from the same messages. */
  readonly sourceFactIds: readonly MemoryId[];
  /** The episodes whose messages contain it, oldest first. */
  readonly episodeIds: readonly MemoryId[];
}

/** A conversation that is kept word for word. */
export interface Episode {
  readonly title: string;
  /** When its first message was said; null if no message has a date. */
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** The facts from its messages. */
  readonly factIds: readonly MemoryId[];
  /** The artifacts from its messages. */
  readonly artifactIds: readonly MemoryId[];
}

/** What an agent learned: a rule, or the steps of a procedure. */
export interface Lesson {
  /** The identifiers that recall it. */
  readonly triggerEntities: readonly string[];
  /** The reason, if one was given. */
  readonly because: string | null;
  /** From 0 to 1. */
  readonly confidence: number;
  /** How often it was said. */
  readonly observationCount: number;
  /** In ISO 8601. */
  readonly lastConfirmedAt: string;
  /** Of a procedure. */
  readonly steps: readonly string[] | null;
}
