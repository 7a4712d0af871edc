// The messages of episodes.
import type { GroupId, MemoryId } from "@memlane/core";
import type { Memory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { isActive } from "./active-memory.ts";
import { dayInWords, titleOf } from "./episodes.ts";
import { idsFromMessages, memoriesOfMessages, episodeDefaults } from "./memory-columns.ts";

/** A message with its episode, as the database returns it. */
export interface MessageRow {
  readonly id: MemoryId;
  readonly episodeId: MemoryId;
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly appId: string | null;
  readonly conversationId: string | null;
  readonly diaId: string | null;
  readonly speaker: string;
  /** The words as they were sent. */
  readonly text: string;
  /** The words with a date after each relative time; null if they have none. */
  readonly datedText: string | null;
  readonly saidAt: Date | null;
  readonly speakers: readonly string[];
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly createdAt: Date;
  readonly groupIds: readonly GroupId[];
  readonly factIds: readonly MemoryId[];
  readonly artifactIds: readonly MemoryId[];
  /** Whether it is the source of memories, and none of these is active. */
  readonly isSuperseded: boolean;
}

/** The columns of a `MessageRow`, selected from `memlane.message join memlane.episode on episode.id = episode_id`. */
export const columns = `message.id, episode_id as "episodeId", message.group_ids as "groupIds", message.user_id as "userId", message.agent_id as "agentId",
  message.app_id as "appId", conversation_id as "conversationId", dia_id as "diaId", speaker, text, dated_text as "datedText", said_at as "saidAt",
  speakers, started_at as "startedAt", ended_at as "endedAt", created_at as "createdAt",
  ${memoriesOfMessages("array[message.id]")},
  coalesce((
    select bool_and(not ${isActive}) from memlane.memory where id = any (${idsFromMessages("array[message.id]")})
  ), false) as "isSuperseded"`;

/** One organisation's message, as a memory. */
export async function readMessage(sql: Sql, orgId: string, id: MemoryId): Promise<Memory | undefined> {
  const [row] = await sql.query<MessageRow>(
    `select ${columns} from memlane.message join memlane.episode on episode.id = episode_id
     where message.id = $1 and message.org_id = $2`,
    [id, orgId],
  );
  return row && memoryOfMessage(row);
}

/** A message as a memory. Its text begins with the speaker and the day, and has a date after each relative time. */
export function memoryOfMessage(row: MessageRow): Memory {
  const said = row.saidAt === null ? row.speaker : `${row.speaker}, ${dayInWords(row.saidAt)}`;
  return {
    ...episodeDefaults,
    id: row.id,
    status: row.isSuperseded ? "superseded" : "active",
    text: `${said}: ${row.datedText ?? row.text}`,
    quote: row.text,
    userId: row.userId,
    agentId: row.agentId,
    appId: row.appId,
    conversationId: row.conversationId,
    groupIds: row.groupIds,
    sourceRole: row.speaker,
    sourceEventIds: row.diaId === null ? [] : [row.diaId],
    episodeId: row.episodeId,
    occurredAt: row.saidAt,
    episode: {
      title: titleOf(row.speakers, row.startedAt),
      startedAt: row.startedAt,
      endedAt: row.endedAt,
      factIds: row.factIds,
      artifactIds: row.artifactIds,
    },
    createdAt: row.createdAt,
    updatedAt: row.createdAt,
  };
}
