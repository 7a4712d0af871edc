import type { MemoryId } from "@memlane/core";
import { newId } from "../../base/new-id.ts";
import type { Sql } from "../../database/database.ts";
import { insertLessons, repeatLessons } from "../../store/lessons.ts";
import type { NewMemory } from "../../store/memory-columns.ts";
import type { Lesson } from "../lessons/lesson.ts";
import type { InsertMemories, MemoryOwner } from "./persist.ts";

/** The lessons of a conversation. */
export interface LessonsPlan {
  readonly owner: MemoryOwner;
  readonly lessons: readonly Lesson[];
  /** When the lessons without a date were said. */
  readonly arrivedAt: Date;
  readonly insertMemories: InsertMemories;
}

/**
 * Stores lessons in the transaction of `sql`, or counts one more observation of those that are stored already. Throws the refusal
 * if the organisation may not store all of them. The result of a job does not name lessons: the vendor's clients expect none.
 */
export async function persistLessons(
  sql: Sql,
  { owner, lessons, arrivedAt, insertMemories }: LessonsPlan,
): Promise<void> {
  const said = distinct(lessons);
  if (said.length === 0) return;
  const { orgId, userId, namespace = null } = owner;
  const saidAtOf = ({ saidAt }: Lesson) =>
    (saidAt === null || saidAt > arrivedAt ? arrivedAt : saidAt).toISOString();
  const repeated = await repeatLessons(
    sql,
    orgId,
    said.map((lesson, at) => {
      const { type, text, triggerEntities } = lesson;
      return { at, type, text, userId, namespace, entities: triggerEntities, saidAt: saidAtOf(lesson) };
    }),
  );
  const known = new Set(repeated);
  const created = said
    .filter((_, at) => !known.has(at))
    .map((lesson) => ({ lesson, memory: newMemoryOf(owner, lesson, saidAtOf(lesson)) }));
  const refusals = await insertMemories(
    sql,
    created.map(({ memory }) => memory),
  );
  const refusal = refusals.find((each) => each !== undefined);
  if (refusal !== undefined) throw refusal;
  await insertLessons(
    sql,
    orgId,
    created.map(({ lesson: { because, steps, triggerEntities }, memory }) => ({
      memoryId: memory.id,
      namespace,
      because,
      steps,
      entities: triggerEntities,
    })),
  );
}

function distinct(lessons: readonly Lesson[]): readonly Lesson[] {
  return [
    ...new Map(lessons.map((lesson) => [`${lesson.type} ${lesson.text.toLowerCase()}`, lesson])).values(),
  ];
}

function newMemoryOf(owner: MemoryOwner, lesson: Lesson, saidAt: string): NewMemory {
  return {
    id: newId() as MemoryId,
    type: lesson.type,
    text: lesson.text,
    user_id: owner.userId,
    agent_id: owner.agentId,
    app_id: owner.appId,
    conversation_id: owner.conversationId,
    run_id: owner.runId ?? null,
    group_ids: lesson.groupIds,
    source_role: lesson.sourceRole,
    source_event_ids: lesson.eventId === null ? [] : [lesson.eventId],
    job_id: owner.jobId,
    occurred_at: lesson.saidAt?.toISOString() ?? null,
    last_said_at: saidAt,
    confidence: lesson.confidence,
  };
}
