import type { MemoryId } from "@memlane/core";
import { newId } from "../../base/new-id.ts";
import type { Sql } from "../../database/database.ts";
import { insertLessons, repeatLessons } from "../../store/lessons.ts";
import type { NewMemory } from "../../store/memory-columns.ts";
import type { Lesson } from "../lessons/lesson.ts";
import { momentOf } from "../statement/statement.ts";
import { columnsOfOwner, type InsertMemories, type MemoryOwner } from "./persist.ts";

/** The lessons of a conversation. */
export interface LessonsPlan {
  readonly owner: MemoryOwner;
  readonly lessons: readonly Lesson[];
  /** When the lessons without a date were said. */
  readonly arrivedAt: Date;
  readonly insertMemories: InsertMemories;
}

/**
 * Stores lessons in the transaction of `sql`, or counts one more observation of those that are stored already. The result of a job
 * does not name lessons, because XTrace's clients expect none.
 */
export async function persistLessons(
  sql: Sql,
  { owner, lessons, arrivedAt, insertMemories }: LessonsPlan,
): Promise<void> {
  const unique = distinct(lessons);
  if (unique.length === 0) return;
  const { orgId, userId, namespace = null } = owner;
  const saidAtOf = (lesson: Lesson) => momentOf(lesson, arrivedAt).toISOString();
  const repeated = await repeatLessons(
    sql,
    orgId,
    unique.map((lesson, at) => {
      const { type, text, triggerEntities } = lesson;
      return { at, type, text, userId, namespace, entities: triggerEntities, saidAt: saidAtOf(lesson) };
    }),
  );
  const known = new Set(repeated);
  const created = unique
    .filter((_, at) => !known.has(at))
    .map((lesson) => ({ lesson, memory: newMemoryOf(owner, lesson, saidAtOf(lesson)) }));
  await insertMemories(
    sql,
    created.map(({ memory }) => memory),
  );
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
    ...columnsOfOwner(owner),
    group_ids: lesson.groupIds,
    source_role: lesson.sourceRole,
    source_event_ids: lesson.eventId === null ? [] : [lesson.eventId],
    occurred_at: lesson.saidAt?.toISOString() ?? null,
    last_said_at: saidAt,
    confidence: lesson.confidence,
  };
}
