// Facts: the memories with a subject, a predicate and an object.
import type { FactId, MemoryId } from "@memlane/core";
import { renaming, selfName, type Fact } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { isActive } from "./active-memory.ts";

/** Any number of memories may state a fact. An answer has so many of them. */
const mostSources = 100;

/** The memories and messages that state a fact, in the order in which they were stored. */
const sources = `array(
    (
      select memory_id from memlane.fact_source
      where fact_id = memory.id and dropped_at is null
      order by memory_id limit ${mostSources}
    )
    union
    (
      select message_id from memlane.memory_source
      where memory_source.memory_id = memory.id
      order by message_id limit ${mostSources}
    )
    order by 1 limit ${mostSources}
  )`;

/** SQL: the newest fact that gives another name to what an expression names, of the user of `memory`. */
const newNameOf = (canonical: string, since: string) => `select
      object as name, object_canonical as canonical, coalesce(valid_from, created_at) as since
    from memlane.memory as renamed
    where renamed.org_id = memory.org_id and renamed.user_id is not distinct from memory.user_id
      and renamed.subject_canonical = ${canonical} and renamed.predicate = '${renaming}' and ${isActive}
      and coalesce(valid_from, created_at) > ${since}
    order by since desc
    limit 1`;

/**
 * SQL: the name that the subject or the object of a fact has now. A new name may itself have been replaced later. Few things have a
 * new name, so the recursion starts only for them.
 */
const nameNow = (side: "subject" | "object") => `case
    when memory.${side}_canonical = '${selfName}' or memory.predicate = '${renaming}'
      or not exists (${newNameOf(`memory.${side}_canonical`, "'-infinity'")}) then memory.${side}
    else (
      with recursive named as (
        select memory.${side} as name, memory.${side}_canonical as canonical, '-infinity'::timestamptz as since
        union all
        select newer.*
        from named cross join lateral (${newNameOf("named.canonical", "named.since")}) as newer
      )
      select name from named order by since desc limit 1
    )
  end`;

/** The columns of a `Fact`, selected from `memlane.memory`. */
const columns = `id, subject, predicate, object, predicate_raw as "predicateRaw", predicate_family as "predicateFamily",
  subject_type as "subjectType", object_is_literal as "objectIsLiteral", confidence, user_id as "userId", agent_id as "agentId",
  coalesce(valid_from, created_at) as "validFrom", invalid_at as "invalidAt", superseded_by as "invalidatedBy",
  ${sources} as "sourceMemoryIds", created_at as "createdAt", coalesce(tense, 'current') as tense,
  greatest(observation_count, cardinality(${sources})) as "observationCount", last_said_at as "lastConfirmedAt",
  subject_canonical as "subjectCanonical", object_canonical as "objectCanonical",
  ${nameNow("subject")} as "subjectNow", ${nameNow("object")} as "objectNow"`;

/** Which facts to list. A missing field allows every value. */
export interface FactFilter {
  readonly userId?: string | undefined;
  readonly agentId?: string | undefined;
  /** In the canonical form, like `entity`. */
  readonly subject?: string | undefined;
  /** The subject or the object. */
  readonly entity?: string | undefined;
  /** In lower case, with spaces. */
  readonly predicate?: string | undefined;
  readonly predicateFamily?: string | undefined;
  /** Facts that were true at this time. @default now */
  readonly asOf?: Date | undefined;
  /** Also facts that are no longer true. @default false */
  readonly includeInvalidated?: boolean | undefined;
}

function conditionsOf(orgId: string, filter: FactFilter): { where: string; parameters: unknown[] } {
  const parameters: unknown[] = [orgId];
  const conditions = ["org_id = $1", "subject is not null"];
  const narrow = (condition: string, value: unknown) => {
    if (value === undefined) return;
    parameters.push(value);
    conditions.push(condition.replaceAll("?", `$${parameters.length}`));
  };
  narrow("user_id = ?", filter.userId);
  narrow("agent_id = ?", filter.agentId);
  narrow("subject_canonical = ?", filter.subject);
  narrow("(subject_canonical = ? or object_canonical = ?)", filter.entity);
  narrow("lower(replace(predicate, '_', ' ')) = ?", filter.predicate);
  narrow("predicate_family = ?", filter.predicateFamily);
  narrow("coalesce(valid_from, created_at) <= ?", filter.asOf);
  if (filter.includeInvalidated !== true)
    narrow("(invalid_at is null or invalid_at > coalesce(?::timestamptz, now()))", filter.asOf ?? null);
  return { where: conditions.join(" and "), parameters };
}

/** Facts from `offset` on. The newest comes first. */
export async function listFacts(
  sql: Sql,
  orgId: string,
  filter: FactFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<Fact[]> {
  const { where, parameters } = conditionsOf(orgId, filter);
  // The ids first: otherwise the sources of all facts before the page are read, too.
  return sql.query<Fact>(
    `select ${columns}
     from memlane.memory
     where org_id = $1 and id = any (array(
       select id
       from memlane.memory
       where ${where}
       order by id desc
       limit $${parameters.push(limit)}
       offset $${parameters.push(offset)}
     ))
     order by id desc`,
    parameters,
  );
}

/** The first facts of a profile: those about the user, then those about others, and the newest of each first. */
export async function listProfileFacts(
  sql: Sql,
  orgId: string,
  filter: FactFilter,
  limit: number,
): Promise<Fact[]> {
  const { where, parameters } = conditionsOf(orgId, filter);
  return sql.query<Fact>(
    `select ${columns}
     from memlane.memory
     where ${where}
     order by (subject_type = 'self') desc, coalesce(valid_from, created_at) desc, id desc
     limit $${parameters.push(limit)}`,
    parameters,
  );
}

/** How many facts match a filter. */
export async function countFacts(sql: Sql, orgId: string, filter: FactFilter): Promise<number> {
  const { where, parameters } = conditionsOf(orgId, filter);
  const [row] = await sql.query<{ total: number }>(
    `select count(*)::integer as total from memlane.memory where ${where}`,
    parameters,
  );
  return row!.total;
}

/** One organisation's fact, whether it is still true or not. */
export async function readFact(sql: Sql, orgId: string, id: FactId): Promise<Fact | undefined> {
  const [fact] = await sql.query<Fact>(
    `select ${columns} from memlane.memory where id = $1 and org_id = $2 and subject is not null`,
    [id, orgId],
  );
  return fact;
}

/** The facts that a verbatim memory states, those that are no longer true included. Oldest first. */
export async function listFactsOfMemory(sql: Sql, orgId: string, memoryId: MemoryId): Promise<Fact[]> {
  return sql.query<Fact>(
    `select ${columns}
     from memlane.memory
     where org_id = $1
       and id = any (array(select fact_id from memlane.fact_source where memory_id = $2 and dropped_at is null))
     order by id`,
    [orgId, memoryId],
  );
}

/**
 * SQL: whether no message and no active memory states the fact `memory`, apart from the memories whose ids a subquery selects.
 */
export const isStatedOnlyBy = (
  memories: string,
) => `not exists (select from memlane.memory_source where memory_id = memory.id)
  and not exists (
    select
    from memlane.fact_source as other join memlane.memory as source on source.id = other.memory_id
    where other.fact_id = memory.id and other.dropped_at is null and source.status = 'active'
      and other.memory_id not in (${memories})
  )`;

/** The facts that only these memories state, or stated before they were changed. */
export async function listOwnFacts(
  sql: Sql,
  orgId: string,
  memoryIds: readonly MemoryId[],
): Promise<readonly FactId[]> {
  const rows = await sql.query<{ id: FactId }>(
    `select id
     from memlane.memory
     where org_id = $1 and id = any (array(select fact_id from memlane.fact_source where memory_id = any($2)))
       and ${isStatedOnlyBy("select unnest($2::uuid[])")}`,
    [orgId, memoryIds],
  );
  return rows.map(({ id }) => id);
}
