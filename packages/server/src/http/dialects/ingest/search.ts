import type { MemoryType } from "@memlane/core";
import {
  ingestSearchRequestWire,
  ingestSearchWire,
  lessonTypes,
  longestPreview,
  printIngestMemory,
  type LessonType,
  type Memory,
} from "@memlane/core/internal";
import * as z from "zod/mini";
import { byteLengthOf } from "../../../base/byte-length.ts";
import { dayOf } from "../../../base/day-of.ts";
import { expandMemories, type Expanded } from "../../../memories/expand-memories.ts";
import { auditedRead } from "../../audited-read.ts";
import { route, type Route } from "../../route.ts";
import { snippetOf } from "../../snippet.ts";
import type { ServiceContext } from "../../service-context.ts";
import { readOlderSearch } from "./older-search.ts";
import { parseGroupIds } from "./parse-group-ids.ts";

const mostSearchBytes = 1024 * 1024;

/** The types that a search without `include` returns. */
const usualTypes: readonly MemoryType[] = ["fact", "artifact", "episode"];
const isLessonType = (type: MemoryType): type is LessonType => lessonTypes.some((each) => each === type);

/** The search of the ingest dialect. */
export function createIngestSearchRoute({ search }: ServiceContext): Route {
  return route({
    method: "POST",
    path: "/v1/memories/search",
    operationId: "searchMemories",
    summary: "The memories that match a query, best first, and a block of Markdown for a prompt.",
    scope: "memories:read",
    actsFor: "body",
    audit: "read",
    body: z.pipe(z.transform(readOlderSearch), ingestSearchRequestWire),
    describedBody: ingestSearchRequestWire,
    answers: { 200: { description: "The memories found.", schema: ingestSearchWire } },
    errors: ["search_failed"],
    failure: "search_failed",
    async handle({ orgId, database, body, signal, countUse }) {
      const { query, mode, limit, include, expand, ...scope } = body;
      const startedMs = performance.now();
      const scoped = {
        userId: scope.user_id,
        agentId: scope.agent_id,
        appId: scope.app_id,
        groupIds: scope.group_ids?.length ? parseGroupIds(scope.group_ids) : undefined,
      };
      const find = async (types: readonly MemoryType[]) => {
        if (types.length === 0) return { memories: [], ranking: "text" as const };
        return search(database, { orgId, filter: { ...scoped, types }, query, limit }, signal);
      };
      const types = include ?? usualTypes;
      const [lessons, { memories: others, ranking }] = await Promise.all([
        find(types.filter(isLessonType)),
        find(types.filter((type) => !isLessonType(type))),
      ]);
      countUse({ searches: 1 });
      const found = [...lessons.memories, ...others].slice(0, limit);
      const memories = bestWithin(
        mostSearchBytes,
        found.map((memory) => withPartOf(memory, query)),
      );
      const expanded = expand?.length
        ? await expandMemories(database, orgId, memories, { kinds: expand, filter: scoped })
        : undefined;
      const related = (expanded ?? []).flatMap((kinds) => Object.values(kinds).flat());
      return {
        status: 200,
        body: {
          object: "search",
          has_more: false,
          next_cursor: null,
          mode,
          // Lessons come first. Their scores cannot be compared with those of other memories.
          data: memories.map((memory, index) => ({
            ...printIngestMemory(memory, memory.lesson ? null : memory.score, {
              isBrief: mode === "retrieve",
            }),
            ...(expanded && { expanded: printExpanded(expanded[index]!) }),
          })),
          context: mode === "compose" ? composeContext(memories) : null,
          ranking,
          stage_timings: { search: (performance.now() - startedMs) / 1000 },
          context_selection_applied: false,
        },
        audited: auditedRead([...memories, ...related], scope.user_id),
      };
    },
  });
}

function printExpanded(expanded: Expanded) {
  return Object.fromEntries(
    Object.entries(expanded).map(([kind, memories]) => [
      kind,
      memories.map((memory) => printIngestMemory(memory)),
    ]),
  );
}

/** A memory, or the part of a long verbatim one that fits the query best. */
const withPartOf = <Found extends Memory>(memory: Found, query: string): Found =>
  memory.isVerbatim && memory.text.length > longestPreview
    ? { ...memory, text: snippetOf(memory.text, query, longestPreview) }
    : memory;

/** The best memories. Stops when their texts reach this many bytes; the last text may exceed them. */
function bestWithin<Found extends Memory>(bytes: number, memories: readonly Found[]): readonly Found[] {
  let left = bytes;
  const last = memories.findIndex(({ text }) => (left -= byteLengthOf(text)) <= 0);
  return last === -1 ? memories : memories.slice(0, last + 1);
}

/** Prints memories as Markdown for a prompt. */
function composeContext(memories: readonly Memory[]): string {
  const facts = memories.filter(({ type }) => type !== "episode");
  const messages = memories.filter(({ type }) => type === "episode");
  return [
    ...listOf("## What is remembered", facts, saidOn),
    ...listOf("## What was said", messages, ({ status }) => (status === "active" ? "" : " (no longer so)")),
  ].join("\n");
}

function saidOn({ occurredAt }: Memory): string {
  return occurredAt === null ? "" : ` (said on ${dayOf(occurredAt)})`;
}

function listOf(
  heading: string,
  memories: readonly Memory[],
  noteOn: (memory: Memory) => string,
): readonly string[] {
  if (memories.length === 0) return [];
  return [heading, ...memories.map((memory) => `- ${memory.text.replaceAll(/\s+/g, " ")}${noteOn(memory)}`)];
}
