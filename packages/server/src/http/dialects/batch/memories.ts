import { factIds, memoryIds, type MemoryId } from "@memlane/core";
import {
  auditIds,
  batchCreateRequestWire,
  batchDeletionWire,
  batchListQueryWire,
  batchMemoryPageWire,
  batchMemoryWithFactsWire,
  batchSearchRequestWire,
  batchSearchWire,
  memoryHistoryWire,
  memoryPatchWire,
  parseTimestamp,
  printBatchMemory,
  printFact,
  printFoundBatchMemory,
  type AuditId,
  type JsonObject,
  type Memory,
} from "@memlane/core/internal";
import { changeMemory } from "../../../memories/change-memory.ts";
import { forgetMemory } from "../../../memories/forget-memory.ts";
import { findMemory, memoryNotFound } from "../../../memories/find-memory.ts";
import * as z from "zod/mini";
import { countMemories, listMemories, readMemory } from "../../../store/memories.ts";
import { listFactsOfMemory } from "../../../store/facts.ts";
import {
  readMemoryHistory,
  readMiningStatus,
  type MemoryHistoryEvent,
} from "../../../store/mined-memories.ts";
import type { Sql } from "../../../database/database.ts";
import { newMemoryOfItem } from "../../../memories/new-memory-of-item.ts";
import { auditedRead } from "../../audited-read.ts";
import { createOnce } from "../../idempotency-key.ts";
import { idOfPath } from "../../ids.ts";
import { snippetOf } from "../../snippet.ts";
import { route, type Route } from "../../route.ts";
import type { ServiceContext } from "../../service-context.ts";
import { withStorableTexts } from "./read-item.ts";
import { redactItem } from "./redact-item.ts";

/** What this dialect lists: it has no status for superseded memories, and shows mined facts as facts. */
const written = { onlyActive: true, withoutMinedFacts: true } as const;

/** Routes that write, read, search and delete memories in the batch dialect. */
export function createBatchMemoryRoutes({
  writeMemory,
  limitsOf,
  beginRedaction,
  search,
  signals,
  newId,
}: ServiceContext): Route[] {
  return [
    route({
      method: "POST",
      path: "/v1/memories",
      operationId: "createMemory",
      summary: "Store one memory as it is. Its facts are mined afterwards.",
      scope: "memories:write",
      actsFor: "body",
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
        if (memory === undefined) throw memoryNotFound(); // a repeated request, and the memory was deleted meanwhile
        const audited = { userId: memory.userId, targetId: memoryIds.print(id) };
        const printed =
          made === undefined ? await printWithFacts(database, orgId, memory) : printUnmined(memory);
        signals.announceQueued();
        return { status: 201, body: printed, headers: once.headers, audited };
      },
    }),
    route({
      method: "GET",
      path: "/v1/memories",
      operationId: "listMemoriesByOffset",
      summary:
        "A page of memories, newest first: in the order in which they were stored, whatever their `timestamp`.",
      scope: "memories:read",
      actsFor: "query",
      audit: "read",
      query: batchListQueryWire,
      answers: { 200: { description: "The page.", schema: batchMemoryPageWire } },
      errors: [],
      async handle({ orgId, database, query: { limit, offset, user_id, agent_id, run_id } }) {
        const filter = { userId: user_id, agentId: agent_id, runId: run_id, ...written };
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
      actsFor: "body",
      audit: "read",
      body: batchSearchRequestWire,
      answers: { 200: { description: "The memories found.", schema: batchSearchWire } },
      errors: ["search_unavailable"],
      failure: "search_unavailable",
      async handle({
        orgId,
        database,
        body: { query, limit, user_id, agent_id, run_id, metadata },
        signal,
        countUse,
      }) {
        const filter = {
          userId: user_id,
          agentId: agent_id,
          runId: run_id,
          metadata: metadata as JsonObject | null | undefined,
          ...written,
        };
        const { memories, ranking } = await search(database, { orgId, filter, query, limit }, signal);
        countUse({ searches: 1 });
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
      actsFor: "memory",
      audit: "read",
      answers: { 200: { description: "The memory.", schema: batchMemoryWithFactsWire } },
      errors: ["memory_not_found"],
      async handle({ orgId, database, params }) {
        const memory = await findMemory(database, orgId, idOfPath(memoryIds, params));
        if (memory === undefined) throw memoryNotFound();
        const audited = auditedRead([memory], memory.userId);
        return { status: 200, body: await printWithFacts(database, orgId, memory), audited };
      },
    }),
    route({
      method: "PATCH",
      path: "/v1/memories/:id",
      operationId: "changeMemory",
      summary: "Change the content of a memory. Its facts are mined again.",
      scope: "memories:write",
      actsFor: "memory",
      audit: "write",
      body: z.pipe(z.transform(withStorableTexts), memoryPatchWire),
      describedBody: memoryPatchWire,
      answers: { 200: { description: "The changed memory.", schema: batchMemoryWithFactsWire } },
      errors: ["memory_not_found", "stale_write", "conflict"],
      async handle({ orgId, database, params, body }) {
        const { content } = await redactItem(
          { content: body.content },
          await beginRedaction(orgId, "memories"),
        );
        const expected = body.expected_updated_at;
        const memory = await changeMemory(database, orgId, idOfPath(memoryIds, params), {
          content,
          expectedUpdatedAt: expected == null ? undefined : parseTimestamp(expected),
        });
        const audited = { userId: memory.userId, targetId: memoryIds.print(memory.id) };
        signals.announceQueued();
        return { status: 200, body: printUnmined(memory), audited };
      },
    }),
    route({
      method: "GET",
      path: "/v1/memories/:id/history",
      operationId: "getMemoryHistory",
      summary: "What happened to a memory and its facts, oldest first; also of a forgotten memory.",
      scope: "memories:read",
      actsFor: "memory",
      audit: "read",
      answers: { 200: { description: "The history.", schema: memoryHistoryWire } },
      errors: ["memory_not_found"],
      async handle({ orgId, database, params }) {
        const id = idOfPath(memoryIds, params);
        const events = await readMemoryHistory(database, orgId, id);
        if (events.length === 0) throw memoryNotFound();
        const facts = new Set(events.flatMap(({ factId }) => factId ?? []));
        return {
          status: 200,
          body: { id: memoryIds.print(id), events: events.map(printEvent) },
          audited: auditedRead(
            [{ id }],
            events[0]!.userId,
            [...facts].map((factId) => ({ id: factId })),
          ),
        };
      },
    }),
    route({
      method: "DELETE",
      path: "/v1/memories/:id",
      operationId: "forgetMemory",
      summary:
        "Forget a memory: nothing lists or finds it any more. Facts that no other memory states are no longer true.",
      scope: "memories:write",
      actsFor: "memory",
      audit: "write",
      answers: { 200: { description: "It is forgotten.", schema: batchDeletionWire } },
      errors: ["memory_not_found"],
      async handle({ orgId, database, params }) {
        const id = idOfPath(memoryIds, params);
        const forgotten = await forgetMemory(database, orgId, id);
        if (forgotten === undefined) throw memoryNotFound();
        const { userId, facts } = forgotten;
        const auditId = newId() as AuditId;
        return {
          status: 200,
          body: {
            id: memoryIds.print(id),
            status: "forgotten",
            facts_invalidated: facts.length,
            audit_id: auditIds.print(auditId),
          },
          audited: {
            id: auditId,
            userId,
            targetId: memoryIds.print(id),
            meta: { deleted: 1, facts_invalidated: facts.length },
          },
          endedFacts: facts,
        };
      },
    }),
  ];
}

const printEvent = ({ event, at, fact, factId }: MemoryHistoryEvent) => ({
  event,
  at: at.toISOString(),
  ...(fact !== null && factId !== null && { fact, fact_id: factIds.print(factId) }),
});

/** A memory whose facts are still to be mined: a worker may have mined it since, but the answer to a write is the same. */
const printUnmined = (memory: Memory) => ({ ...printBatchMemory(memory), facts: [], status: "processing" });

async function printWithFacts(sql: Sql, orgId: string, memory: Memory) {
  const printed = printBatchMemory(memory);
  if (!memory.isVerbatim) return { ...printed, facts: [], status: "ready" };
  const status = await readMiningStatus(sql, orgId, memory.id);
  const facts = status === "processing" ? [] : await listFactsOfMemory(sql, orgId, memory.id);
  return { ...printed, facts: facts.map(printFact), status };
}
