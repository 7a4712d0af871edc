import { memoryIds, MemlaneError, type MemoryId } from "@memlane/core";
import {
  auditIds,
  batchCreateRequestWire,
  batchDeletionWire,
  batchListQueryWire,
  batchMemoryPageWire,
  batchMemoryWithFactsWire,
  batchSearchRequestWire,
  batchSearchWire,
  printBatchMemory,
  printFoundBatchMemory,
  type AuditId,
  type JsonObject,
  type Memory,
} from "@memlane/core/internal";
import { eraseMemory } from "../../../memories/erase-memory.ts";
import { findMemory } from "../../../memories/find-memory.ts";
import * as z from "zod/mini";
import { countMemories, listMemories, readMemory } from "../../../store/memories.ts";
import { newMemoryOfItem } from "../../../memories/new-memory-of-item.ts";
import { auditedRead } from "../../audited-read.ts";
import { createOnce } from "../../idempotency-key.ts";
import { idOfPath } from "../../ids.ts";
import { snippetOf } from "./snippet.ts";
import { route, type Route } from "../../route.ts";
import type { ServiceContext } from "../../service-context.ts";
import { withStorableTexts } from "./read-item.ts";
import { redactItem } from "./redact-item.ts";

const notFound = () => new MemlaneError({ code: "memory_not_found", message: "there is no such memory" });

/** Routes that write, read, search and delete memories in the batch dialect. */
export function createBatchMemoryRoutes({
  writeMemory,
  limitsOf,
  beginRedaction,
  search,
  newId,
}: ServiceContext): Route[] {
  return [
    route({
      method: "POST",
      path: "/v1/memories",
      operationId: "createMemory",
      summary: "Store one memory as it is.",
      scope: "memories:write",
      audit: "write",
      body: z.pipe(z.transform(withStorableTexts), batchCreateRequestWire),
      describedBody: batchCreateRequestWire,
      answers: { 201: { description: "The stored memory.", schema: batchMemoryWithFactsWire } },
      takesIdempotencyKey: true,
      errors: ["memory_not_found", "quota_exceeded", "agent_cap_exceeded"],
      async handle({ orgId, database, body: sent, headers }) {
        const body = await redactItem(sent, await beginRedaction(orgId, "memories"));
        const creation = { orgId, headers, operationId: "createMemory", body, newId };
        const limits = await limitsOf(orgId);
        const { id, made, ...once } = await createOnce<Memory, MemoryId>(
          database,
          creation,
          (memoryId, keyed) =>
            writeMemory(database, { orgId, limits, memory: newMemoryOfItem(body, memoryId), keyed }),
        );
        const memory = made ?? (await readMemory(database, orgId, id));
        if (memory === undefined) throw notFound(); // a repeated request, and the memory was deleted meanwhile
        const audited = { userId: memory.userId, targetId: memoryIds.print(id) };
        return { status: 201, body: printWithFacts(memory), headers: once.headers, audited };
      },
    }),
    route({
      method: "GET",
      path: "/v1/memories",
      operationId: "listMemoriesByOffset",
      summary: "A page of memories, in the order in which they were said or happened, newest first.",
      scope: "memories:read",
      audit: "read",
      query: batchListQueryWire,
      answers: { 200: { description: "The page.", schema: batchMemoryPageWire } },
      errors: [],
      async handle({ orgId, database, query: { limit, offset, user_id, agent_id, run_id } }) {
        // This dialect has no status for superseded memories.
        const filter = { userId: user_id, agentId: agent_id, runId: run_id, status: "active" as const };
        const [memories, total] = await Promise.all([
          listMemories(database, orgId, filter, { limit, offset }),
          countMemories(database, orgId, filter),
        ]);
        const body = { memories: memories.map(printBatchMemory), total };
        return { status: 200, body, audited: auditedRead(memories, user_id) };
      },
    }),
    route({
      method: "POST",
      path: "/v1/memories/search",
      operationId: "searchSnippets",
      summary: "The memories that match a query, best first.",
      scope: "memories:read",
      audit: "read",
      body: batchSearchRequestWire,
      answers: { 200: { description: "The memories found.", schema: batchSearchWire } },
      errors: [],
      async handle({ orgId, database, body: { query, limit, user_id, agent_id, run_id, metadata }, signal }) {
        const filter = {
          userId: user_id,
          agentId: agent_id,
          runId: run_id,
          metadata: metadata as JsonObject | null | undefined,
        };
        const { memories, ranking } = await search(database, { orgId, filter, query, limit }, signal);
        const results = memories.map((memory) =>
          printFoundBatchMemory(memory, snippetOf(memory.text, query)),
        );
        return { status: 200, body: { results, ranking }, audited: auditedRead(memories, user_id) };
      },
    }),
    route({
      method: "GET",
      path: "/v1/memories/:id",
      operationId: "getMemoryWithFacts",
      summary: "A memory with the facts that were extracted from it.",
      scope: "memories:read",
      audit: "read",
      answers: { 200: { description: "The memory.", schema: batchMemoryWithFactsWire } },
      errors: ["memory_not_found"],
      async handle({ orgId, database, params }) {
        const memory = await findMemory(database, orgId, idOfPath(memoryIds, params));
        if (memory === undefined) throw notFound();
        const audited = auditedRead([memory], memory.userId);
        return { status: 200, body: printWithFacts(memory), audited };
      },
    }),
    route({
      method: "DELETE",
      path: "/v1/memories/:id",
      operationId: "eraseMemory",
      summary: "Delete a memory for good.",
      scope: "memories:write",
      audit: "erase",
      answers: { 200: { description: "It is deleted.", schema: batchDeletionWire } },
      errors: ["memory_not_found"],
      async handle({ orgId, database, params }) {
        const id = idOfPath(memoryIds, params);
        if (!(await eraseMemory(database, orgId, id))) throw notFound();
        const auditId = newId() as AuditId;
        return {
          status: 200,
          body: {
            id: memoryIds.print(id),
            status: "deleted",
            facts_invalidated: 0,
            audit_id: auditIds.print(auditId),
          },
          audited: { id: auditId, targetId: memoryIds.print(id) },
        };
      },
    }),
  ];
}

// Facts are not yet extracted from single memories, so the list is empty and the memory is ready.
const printWithFacts = (memory: Memory) => ({ ...printBatchMemory(memory), facts: [], status: "ready" });
