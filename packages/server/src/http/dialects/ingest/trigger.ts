import { ingestSearchWire, lessonTypes, printIngestMemory, triggerRequestWire } from "@memlane/core/internal";
import { identifiersOfAction } from "../../../pipeline/lessons/identifiers.ts";
import { listTriggered, type RecalledLesson } from "../../../store/lessons.ts";
import { parseGroupIds } from "./parse-group-ids.ts";
import { auditedRead } from "../../audited-read.ts";
import { route, type Route } from "../../route.ts";

const mostLessons = 50;

/** The route that recalls lessons by what an agent is doing. */
export function createTriggerRoutes(): Route[] {
  return [
    route({
      method: "POST",
      path: "/v1/memories/trigger",
      operationId: "triggerMemories",
      summary: "The lessons and procedures with an identifier of an action; those with the most come first.",
      scope: "memories:read",
      actsFor: "body",
      audit: "read",
      body: triggerRequestWire,
      answers: { 200: { description: "The lessons and procedures.", schema: ingestSearchWire } },
      errors: ["trigger_failed"],
      failure: "trigger_failed",
      async handle({ orgId, database, body: { action, entities, mode, ...body } }) {
        const startedMs = performance.now();
        const recalled = await listTriggered(database, {
          orgId,
          filter: {
            userId: body.user_id,
            agentId: body.agent_id,
            appId: body.app_id,
            groupIds: body.group_ids?.length ? parseGroupIds(body.group_ids) : undefined,
            types: body.include?.length ? body.include : lessonTypes,
          },
          namespace: body.namespace ?? null,
          entities: [...new Set([...(entities ?? []), ...(action ? identifiersOfAction(action) : [])])],
          limit: mostLessons,
        });
        const lessons = mode === "compose" ? fittingFirst(recalled, body.task ?? "") : recalled;
        return {
          status: 200,
          audited: auditedRead(lessons, body.user_id),
          body: {
            object: "search",
            has_more: false,
            next_cursor: null,
            mode,
            data: lessons.map((memory) =>
              printIngestMemory(memory, null, {
                matchedOn: memory.matchedOn,
                isBrief: mode === "retrieve",
              }),
            ),
            context: mode === "compose" ? composeLessons(lessons) : null,
            stage_timings: { trigger: (performance.now() - startedMs) / 1000 },
            context_selection_applied: false,
          },
        };
      },
    }),
  ];
}

/** Puts the lessons that share the most words with the task first. Leaves nothing out, because a missing lesson costs more. */
function fittingFirst(lessons: readonly RecalledLesson[], task: string): readonly RecalledLesson[] {
  const wanted = wordsOf(task);
  const shared = ({ text }: RecalledLesson) => [...wordsOf(text)].filter((word) => wanted.has(word)).length;
  return lessons
    .map((lesson) => ({ lesson, fit: shared(lesson) }))
    .toSorted((one, other) => other.fit - one.fit)
    .map(({ lesson }) => lesson);
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu));
}

function composeLessons(lessons: readonly RecalledLesson[]): string {
  const of = (wanted: string) => lessons.filter(({ type }) => type === wanted);
  const rules = of("lesson").map(({ text }) => `- ${text}`);
  const procedures = of("procedure").map(({ text }) => text);
  return [
    ...(rules.length > 0 ? [["## Lessons", ...rules].join("\n")] : []),
    ...(procedures.length > 0 ? ["## Procedures", ...procedures] : []),
  ].join("\n\n");
}
