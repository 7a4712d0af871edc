// What a memory comes from: messages of conversations, or the verbatim memories from which a fact was mined.
import type { MemoryId } from "@memlane/core";
import type { Memory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { columns as memoryColumns } from "./memory-columns.ts";
import { columns, memoryOfMessage, type MessageRow } from "./messages.ts";

/** The messages that a memory comes from, or all of an episode, in their order, with their words as they were sent. */
export async function listSourceMessages(
  sql: Sql,
  orgId: string,
  memoryId: MemoryId,
  limit: number,
): Promise<Memory[]> {
  const rows = await sql.query<MessageRow>(
    `select ${columns}
     from memlane.message
     join memlane.episode on episode.id = episode_id and episode.org_id = $1
     where message.org_id = $1
       and (
         episode_id = $2
         or message.id = any (array(select message_id from memlane.memory_source where memory_id = $2))
       )
     order by episode_id, position
     limit $3`,
    [orgId, memoryId, limit],
  );
  return rows.map((row) => memoryOfMessage({ ...row, datedText: null }));
}

/** The verbatim memories that state a mined fact, oldest first. */
export async function listSourceMemories(
  sql: Sql,
  orgId: string,
  factId: MemoryId,
  limit: number,
): Promise<Memory[]> {
  return sql.query<Memory>(
    `select ${memoryColumns}
     from memlane.memory
     where org_id = $1
       and id = any (array(select memory_id from memlane.fact_source where fact_id = $2 and dropped_at is null))
     order by id
     limit $3`,
    [orgId, factId, limit],
  );
}
