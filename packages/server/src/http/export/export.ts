import { memoryIds, MemlaneError, type MemoryId } from "@memlane/core";
import { exportPageWire, exportQueryWire, type ExportLineWire } from "@memlane/core/internal";
import type { Sql } from "../../database/database.ts";
import {
  listMessagesToExport,
  pageConversationsToExport,
  pageMemoriesToExport,
  type ConversationToExport,
  type MemoryToExport,
  type MessageToExport,
} from "../../store/export-lines.ts";
import { parseCursor, printCursor } from "../cursor.ts";
import { route, type Route } from "../route.ts";

/** The parts of an export, in their order. The first letter of a cursor names its part. */
const parts = { m: "memories", c: "conversations" } as const;
type Part = keyof typeof parts;

interface LinesOfPart {
  readonly lines: readonly ExportLineWire[];
  /** The id of the last row; null if the part is complete. */
  readonly last: MemoryId | null;
}

/** The route that exports an organisation. */
export function createExportRoute(): Route {
  return route({
    method: "GET",
    path: "/v1/export",
    operationId: "exportLines",
    summary:
      "A page of the memories and conversations of the organisation, as objects that `memlane import` reads; send `next_cursor` as " +
      "`cursor` for the next page. First memories, then conversations, each from the oldest.",
    scope: "memories:read",
    audit: "read",
    query: exportQueryWire,
    answers: { 200: { description: "The page.", schema: exportPageWire } },
    errors: ["cursor_mismatch"],
    async handle({ orgId, database, query: { cursor, limit } }) {
      const part = partOf(cursor);
      const listOf = (of: Part) => ({ name: `export of ${parts[of]}`, orgId, order: "asc" }) as const;
      const position = cursor?.slice(1) ?? "";
      const after = position === "" ? null : parseCursor(memoryIds, position, listOf(part));
      const read = part === "m" ? readMemories : readConversations;
      const { lines, last } = await read(database, orgId, { limit, after });
      const nextOfPart = part === "m" ? "c" : null;
      const next = last === null ? nextOfPart : part + printCursor(last, listOf(part));
      return {
        status: 200,
        body: { object: "list", data: lines, has_more: next !== null, next_cursor: next },
        audited: { meta: { [parts[part]]: lines.length } },
      };
    },
  });
}

function partOf(cursor = "m"): Part {
  const [part = ""] = cursor;
  if (part === "m" || part === "c") return part;
  throw new MemlaneError({ code: "cursor_mismatch", message: "the cursor does not belong to this list" });
}

type ReadPart = (
  sql: Sql,
  orgId: string,
  page: { readonly limit: number; readonly after: MemoryId | null },
) => Promise<LinesOfPart>;

const readMemories: ReadPart = async (sql, orgId, page) => {
  const { rows, hasMore } = await pageMemoriesToExport(sql, orgId, page);
  return { lines: rows.map(lineOfMemory), last: hasMore ? rows.at(-1)!.id : null };
};

const readConversations: ReadPart = async (sql, orgId, page) => {
  const { rows, hasMore } = await pageConversationsToExport(sql, orgId, page);
  const messages = await listMessagesToExport(
    sql,
    orgId,
    rows.map(({ id }) => id),
  );
  const messagesOf = Map.groupBy(messages, ({ episodeId }) => episodeId);
  const lines = rows.map((row) => lineOfConversation(row, messagesOf.get(row.id) ?? []));
  return { lines, last: hasMore ? rows.at(-1)!.id : null };
};

function lineOfMemory({
  text,
  userId,
  agentId,
  runId,
  metadata,
  occurredAt,
}: MemoryToExport): ExportLineWire {
  return {
    content: text,
    ...present({ user_id: userId, agent_id: agentId, run_id: runId }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...present({ timestamp: occurredAt?.toISOString() ?? null }),
  };
}

function lineOfConversation(
  { userId, agentId, appId, conversationId }: ConversationToExport,
  messages: readonly MessageToExport[],
): ExportLineWire {
  return {
    user_id: userId,
    conv_id: conversationId,
    ...present({ agent_id: agentId, app_id: appId }),
    messages: messages.map(({ speaker, text, diaId, saidAt }) => ({
      role: speaker,
      content: text,
      ...present({ dia_id: diaId, date: saidAt?.toISOString() ?? null }),
    })),
  };
}

/** The fields that are not null. */
function present<Fields extends Record<string, string | null>>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as {
    [Name in keyof Fields]?: string;
  };
}
