// Lessons and procedures: memories that are found by exact identifiers.
import type { MemoryId } from "@memlane/core";
import type { LessonType, Memory } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { columns } from "./memory-columns.ts";
import { conditionsOf, type MemoryFilter } from "./memories.ts";

/** What only a lesson has, beside its memory. */
export interface NewLesson {
  readonly memoryId: MemoryId;
  /** Where it applies; null in all namespaces. */
  readonly namespace: string | null;
  readonly because: string | null;
  readonly steps: readonly string[] | null;
  /** The identifiers that recall it. */
  readonly entities: readonly string[];
}

/** Adds to new memories what makes them lessons. */
export async function insertLessons(sql: Sql, orgId: string, lessons: readonly NewLesson[]): Promise<void> {
  if (lessons.length === 0) return;
  await sql.query(
    `with given as (
       select *
       from jsonb_to_recordset($2) as lesson (
         "memoryId" uuid, namespace text, because text, steps text[], entities text[]
       )
     ), stored as (
       insert into memlane.lesson (memory_id, org_id, namespace, because, steps)
       select "memoryId", $1, namespace, because, steps
       from given
     )
     insert into memlane.trigger_entity (org_id, entity, memory_id)
     select distinct $1, entity, "memoryId"
     from given, unnest(entities) as entity`,
    [orgId, JSON.stringify(lessons)],
  );
}

/** A lesson to look up among the stored ones. */
export interface SaidLesson {
  /** Its position in the list. */
  readonly at: number;
  readonly type: LessonType;
  readonly text: string;
  readonly userId: string | null;
  readonly namespace: string | null;
  readonly entities: readonly string[];
  readonly saidAt: string;
}

/** Counts one more observation of each lesson that is stored already. Returns the positions of those. */
export async function repeatLessons(
  sql: Sql,
  orgId: string,
  lessons: readonly SaidLesson[],
): Promise<number[]> {
  const rows = await sql.query<{ at: number }>(
    `with said as (
       select distinct on (memory.id) memory.id, lesson.at, lesson."saidAt"
       from jsonb_to_recordset($2) as lesson (
         at integer, type text, text text, "userId" text, namespace text, entities text[], "saidAt" timestamptz
       )
       join memlane.trigger_entity on trigger_entity.org_id = $1 and trigger_entity.entity = lesson.entities[1]
       join memlane.lesson as stored on stored.memory_id = trigger_entity.memory_id
       join memlane.memory on memory.id = stored.memory_id
       where memory.org_id = $1
         and memory.status = 'active'
         and memory.type = lesson.type
         and lower(memory.text) = lower(lesson.text)
         and memory.user_id is not distinct from lesson."userId"
         and stored.namespace is not distinct from lesson.namespace
     )
     update memlane.memory
     set
       observation_count = observation_count + 1,
       last_said_at = greatest(last_said_at, "saidAt"),
       updated_at = now()
     from said
     where memory.id = said.id and memory.org_id = $1
     returning at`,
    [orgId, JSON.stringify(lessons)],
  );
  return rows.map(({ at }) => at);
}

/** Which lessons to recall. */
export interface TriggerQuery {
  readonly orgId: string;
  /** Must name types of lessons. */
  readonly filter: MemoryFilter;
  /** Lessons of this namespace and of all namespaces; null for only the latter. */
  readonly namespace: string | null;
  readonly entities: readonly string[];
  readonly limit: number;
}

/** A lesson with the identifiers that recalled it. */
export type RecalledLesson = Memory & { readonly matchedOn: readonly string[] };

/** How many lessons are ranked by how often and how recently they were said: those with the most identifiers, the newest first. */
const mostCandidates = 500;

/** If the filter leaves at most this many lessons, the identifiers of each are counted. Else the lessons of each identifier are. */
const fewLessons = 2000;

/** The active lessons with at least one of these identifiers. Lessons with the most of them come first. */
export async function listTriggered(
  sql: Sql,
  { orgId, filter, namespace, entities, limit }: TriggerQuery,
): Promise<RecalledLesson[]> {
  if (entities.length === 0) return [];
  const { where, parameters } = conditionsOf(orgId, { ...filter, onlyActive: true });
  const wanted = `$${parameters.push(entities)}::text[]`;
  return sql.query<RecalledLesson>(
    `with filtered as materialized (
       -- The last two conditions let the planner use the index of lessons.
       select id from memlane.memory
       where ${where} and type in ('lesson', 'procedure') and status = 'active'
       limit ${fewLessons + 1}
     ), triggered as materialized (
       select id as memory_id, (
         select count(*) from memlane.trigger_entity where memory_id = id and entity = any(${wanted})
       ) as matches
       from filtered
       where (select count(*) from filtered) <= ${fewLessons}
       union all
       select memory_id, count(*)
       from memlane.trigger_entity
       where org_id = $1 and entity = any(${wanted}) and (select count(*) from filtered) > ${fewLessons}
       group by memory_id
       order by matches desc, memory_id desc
     ), candidate as materialized (
       -- Limited before the ranking: many lessons may have a common identifier, and the ranking reads a row for each.
       select memory.id, matches, observation_count, last_said_at
       from triggered
       join memlane.memory on memory.id = memory_id
       where matches > 0 and ${where} and exists (
         select from memlane.lesson
         where lesson.memory_id = memory.id and (namespace is null or namespace = $${parameters.push(namespace)})
       )
       order by matches desc, memory_id desc
       limit ${mostCandidates}
     ), best as materialized (
       select
         id,
         row_number() over (order by matches desc, observation_count desc, last_said_at desc, id desc) as place
       from candidate
       order by place
       limit $${parameters.push(limit)}
     )
     select
       ${columns},
       array(
         select entity from memlane.trigger_entity
         where memory_id = memory.id and entity = any(${wanted})
         order by entity
       ) as "matchedOn"
     from best join memlane.memory using (id)
     where org_id = $1
     order by place`,
    parameters,
  );
}
