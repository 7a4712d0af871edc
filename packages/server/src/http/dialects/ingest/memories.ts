import { groupIds, memoryIds, MemlaneError } from "@memlane/core";
import {
  groupChangeRequestWire,
  ingestListQueryWire,
  ingestMemoryPageWire,
  ingestMemoryWire,
  printIngestMemory,
  type Memory,
} from "@memlane/core/internal";
import { changeGroups } from "../../../memories/change-groups.ts";
import { eraseMemory } from "../../../memories/erase-memory.ts";
import { addContents } from "../../../memories/add-contents.ts";
import { findMemory, memoryNotFound } from "../../../memories/find-memory.ts";
import { pageMemories } from "../../../memories/page-memories.ts";
import { listRevisions } from "../../../store/fact-history.ts";
import { listSourceMemories, listSourceMessages } from "../../../store/sources.ts";
import { auditedRead } from "../../audited-read.ts";
import { parseCursor, printPage } from "../../cursor.ts";
import { idOfPath } from "../../ids.ts";
import { parseGroupIds } from "./parse-group-ids.ts";
import { route, type Answer, type Route } from "../../route.ts";

const mostRevisions = 500;
const mostSources = 100;

/** Routes that read, tag and delete memories in the ingest dialect. */
export function createIngestMemoryRoutes(): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/memories",
      operationId: "listMemories",
      summary: "A page of memories; send `next_cursor` as `cursor` for the next page.",
      scope: "memories:read",
      actsFor: "query",
      audit: "read",
      query: ingestListQueryWire,
      answers: { 200: { description: "The page.", schema: ingestMemoryPageWire } },
      errors: ["cursor_mismatch", "unsupported_include_option"],
      codeOfIssue: ({ field }) => (field === "include" ? "unsupported_include_option" : "invalid_request"),
      async handle({ orgId, database, query: { cursor, limit, order, include, ...narrowing } }) {
        const list = { name: "memories", orgId, order } as const;
        const after = cursor === undefined ? undefined : parseCursor(memoryIds, cursor, list);
        const filter = {
          userId: narrowing.user_id,
          agentId: narrowing.agent_id,
          conversationId: narrowing.conv_id,
          appId: narrowing.app_id,
          groupIds: narrowing.group_id === undefined ? undefined : parseGroupIds([narrowing.group_id]),
          types: narrowing.type && [narrowing.type],
        };
        const page = {
          limit,
          order: order === "created_at_asc" ? "oldest" : "newest",
          after,
        } as const;
        const { rows: found, hasMore } = await pageMemories(database, orgId, filter, page);
        const isWhole = include?.includes("full_content") ?? false;
        const rows = isWhole ? await addContents(database, orgId, found) : found;
        const body = printPage({ rows, hasMore }, list, printIngestMemory);
        return { status: 200, body, audited: auditedRead(rows, narrowing.user_id) };
      },
    }),
    route({
      method: "GET",
      path: "/v1/memories/:id",
      operationId: "getMemory",
      summary: "One memory.",
      scope: "memories:read",
      actsFor: "memory",
      audit: "read",
      answers: { 200: { description: "The memory.", schema: ingestMemoryWire } },
      errors: ["memory_not_found"],
      async handle({ orgId, database, params }) {
        const memory = await findMemory(database, orgId, idOfPath(memoryIds, params));
        if (memory === undefined) throw memoryNotFound();
        const [whole] = await addContents(database, orgId, [memory]);
        const audited = auditedRead([memory], memory.userId);
        return { status: 200, body: printIngestMemory(whole!), audited };
      },
    }),
    route({
      method: "GET",
      path: "/v1/memories/:id/revisions",
      operationId: "listRevisions",
      summary: "A memory with all its older and newer revisions, in the order in which they were said.",
      scope: "memories:read",
      actsFor: "memory",
      audit: "read",
      answers: {
        200: {
          description: "The revisions; at least the memory itself.",
          schema: ingestMemoryPageWire,
        },
      },
      errors: ["memory_not_found"],
      async handle({ orgId, database, params }) {
        const id = idOfPath(memoryIds, params);
        const { rows } = await listRevisions(database, orgId, id, mostRevisions);
        const memory = rows[0] ?? (await findMemory(database, orgId, id)); // an episode has no revisions
        if (memory === undefined) throw memoryNotFound();
        const revisions = rows.length === 0 ? [memory] : rows;
        return answerOnePage(revisions, memory.userId);
      },
    }),
    route({
      method: "GET",
      path: "/v1/memories/:id/sources",
      operationId: "listSources",
      summary:
        "The messages that a memory comes from, those of an episode, or the memories from which a fact was mined.",
      scope: "memories:read",
      actsFor: "memory",
      audit: "read",
      answers: {
        200: {
          description: "The sources, at most 100; none if its messages are no longer kept.",
          schema: ingestMemoryPageWire,
        },
      },
      errors: ["memory_not_found"],
      async handle({ orgId, database, params }) {
        const id = idOfPath(memoryIds, params);
        const memory = await findMemory(database, orgId, id);
        if (memory === undefined) throw memoryNotFound();
        const messages = await listSourceMessages(database, orgId, id, mostSources);
        const memories = await listSourceMemories(database, orgId, id, mostSources - messages.length);
        return answerOnePage([...messages, ...memories], memory.userId);
      },
    }),
    route({
      method: "PATCH",
      path: "/v1/memories/:id",
      operationId: "changeMemoryGroups",
      summary: "Remove a memory from groups and add it to others.",
      scope: "memories:write",
      audit: "write",
      body: groupChangeRequestWire,
      answers: { 200: { description: "The memory.", schema: ingestMemoryWire } },
      errors: [
        "memory_not_found",
        "empty_patch",
        "contradictory_group_ids",
        "invalid_group_ids",
        "patch_failed",
      ],
      failure: "patch_failed",
      async handle({ orgId, database, params, body }) {
        const added = namedIn(body.add_group_ids);
        const removed = namedIn(body.remove_group_ids);
        refuseContradiction(added, removed);
        const memoryId = idOfPath(memoryIds, params);
        const memory = await database.transaction(async (sql) => {
          const change = {
            orgId,
            memoryId,
            added: parseGroupIds(added),
            removed: parseGroupIds(removed),
          };
          return (await changeGroups(sql, change)) ? findMemory(sql, orgId, memoryId) : undefined;
        });
        if (memory === undefined) throw memoryNotFound();
        const audited = { userId: memory.userId, targetId: memoryIds.print(memoryId) };
        return { status: 200, body: printIngestMemory(memory), audited };
      },
    }),
    route({
      method: "DELETE",
      path: "/v1/memories/:id",
      operationId: "deleteMemory",
      summary: "Delete a memory for good.",
      scope: "memories:write",
      actsFor: "memory",
      audit: "erase",
      answers: { 204: { description: "It is deleted." } },
      errors: ["memory_not_found", "delete_failed"],
      failure: "delete_failed",
      async handle({ orgId, database, params }) {
        const id = idOfPath(memoryIds, params);
        const erased = await eraseMemory(database, orgId, id);
        if (erased === undefined) throw memoryNotFound();
        return { status: 204, audited: { userId: erased.userId, targetId: memoryIds.print(id) } };
      },
    }),
  ];
}

/** Answers with a list that has no further page. */
function answerOnePage(memories: readonly Memory[], userId: string | null): Answer {
  return {
    status: 200,
    body: {
      object: "list",
      data: memories.map((memory) => printIngestMemory(memory)),
      has_more: false, // always, because there is no cursor for the rest
      next_cursor: null,
    },
    audited: auditedRead(memories, userId),
  };
}

/** The entries of a list that are not blank. */
function namedIn(ids: readonly string[] | null | undefined): string[] {
  return (ids ?? []).map((id) => id.trim()).filter((id) => id !== "");
}

/** @throws MemlaneError `empty_patch` or `contradictory_group_ids` */
function refuseContradiction(added: readonly string[], removed: readonly string[]): void {
  if (added.length + removed.length === 0) {
    const message = "add_group_ids or remove_group_ids must name a group";
    throw new MemlaneError({ code: "empty_patch", message });
  }
  // A malformed id is compared as it was sent: all of them are parsed to the same id of no group.
  const idOf = (sent: string) => groupIds.parse(sent) ?? sent;
  const removedIds = new Set(removed.map(idOf));
  if (!added.some((sent) => removedIds.has(idOf(sent)))) return;
  const message = "a group is in both add_group_ids and remove_group_ids";
  throw new MemlaneError({ code: "contradictory_group_ids", message });
}
