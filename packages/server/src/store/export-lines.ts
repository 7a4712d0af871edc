// What an organisation has stored, as the lines of a file that it can import again.
import type { MemoryId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { isActive } from "./active-memory.ts";
import { readPage, type Page } from "./page-by-bytes.ts";

/** A memory to export. */
export interface MemoryToExport {
  readonly id: MemoryId;
  readonly text: string;
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly runId: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date | null;
}

/** A conversation to export, without its messages. */
export interface ConversationToExport {
  readonly id: MemoryId;
  readonly userId: string;
  readonly agentId: string | null;
  readonly appId: string | null;
  readonly conversationId: string;
}

/** A message of a conversation. */
export interface MessageToExport {
  readonly episodeId: MemoryId;
  readonly speaker: string;
  readonly text: string;
  readonly diaId: string | null;
  readonly saidAt: Date | null;
}

/** Which part of the export to read. */
export interface ExportPart {
  readonly limit: number;
  readonly after: MemoryId | null;
}

/** Active memories, oldest first, without those that come from kept messages or from other memories: an import extracts them again. */
export async function pageMemoriesToExport(
  sql: Sql,
  orgId: string,
  { limit, after }: ExportPart,
): Promise<Page<MemoryToExport>> {
  const select = `select id, text, user_id as "userId", agent_id as "agentId", run_id as "runId", metadata,
      occurred_at as "occurredAt", octet_length(text) + pg_column_size(metadata) as bytes
    from memlane.memory
    where org_id = $1 and ($2::uuid is null or id > $2) and ${isActive}
      and not exists (select from memlane.memory_source where memory_id = memory.id and not inherited)
      and not exists (select from memlane.fact_source where fact_id = memory.id and not inherited)`;
  return readPage<MemoryToExport>(sql, { select, parameters: [orgId, after], direction: "asc", limit });
}

/** Kept conversations, oldest first. */
export async function pageConversationsToExport(
  sql: Sql,
  orgId: string,
  { limit, after }: ExportPart,
): Promise<Page<ConversationToExport>> {
  const select = `select id, user_id as "userId", agent_id as "agentId", app_id as "appId", conversation_id as "conversationId",
      (
        select 100 + coalesce(sum(octet_length(text) + 100), 0) from memlane.message where episode_id = episode.id
      )::integer as bytes
    from memlane.episode
    where org_id = $1 and ($2::uuid is null or id > $2) and user_id is not null and conversation_id is not null`;
  return readPage<ConversationToExport>(sql, { select, parameters: [orgId, after], direction: "asc", limit });
}

/** The messages of these conversations, in their order. */
export async function listMessagesToExport(
  sql: Sql,
  orgId: string,
  episodeIds: readonly MemoryId[],
): Promise<MessageToExport[]> {
  return sql.query<MessageToExport>(
    `select episode_id as "episodeId", speaker, text, dia_id as "diaId", said_at as "saidAt"
     from memlane.message
     where org_id = $1 and episode_id = any($2)
     order by episode_id, position`,
    [orgId, episodeIds],
  );
}
