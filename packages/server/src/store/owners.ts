// The users and the agents of an organisation. Loose index scans find them: one row per user, however many memories each has.
import type { Sql } from "../database/database.ts";
import { isActive } from "./active-memory.ts";
import { isFact } from "./memories.ts";

/** What is stored of a user or an agent. */
export interface OwnerActivity {
  readonly name: string;
  /** Active memories other than facts. */
  readonly memories: number;
  readonly facts: number;
  readonly episodes: number;
  /** When the newest active one was stored; null if there is none. */
  readonly lastActive: Date | null;
}

/** A page of users or agents, and how many there are in all. */
export interface OwnerPage {
  readonly owners: readonly OwnerActivity[];
  readonly total: number;
  /** How many of them have memories, active or not. The others have only conversations. */
  readonly withMemories: number;
}

/** Which part of a list to read. */
export interface OwnerPageRequest {
  readonly limit: number;
  readonly offset: number;
}

/** SQL: the table `found` with the newest row of each owner, from the last name to the first. Its order fits one index, so the plan does not depend on statistics. */
const newestOfEach = (found: string, table: string, column: string, where: string) => `${found} as (
    (
      select ${column} as name, created_at from memlane.${table}
      where ${where} and ${column} is not null
      order by ${column} desc, id desc limit 1
    )
    union all
    select next.*
    from ${found} cross join lateral (
      select ${column} as name, created_at from memlane.${table}
      where ${where} and ${column} < ${found}.name
      order by ${column} desc, id desc limit 1
    ) as next
  )`;

/** What to read of owners, as SQL. */
interface OwnerQuery {
  readonly column: "user_id" | "agent_id";
  /** The table `owner`, and those that it needs, such as `with_memories`. */
  readonly owners: string;
  /** Which memories count. */
  readonly memories: string;
  /** Which episodes count. */
  readonly episodes: string;
  /** Computes the order from a row of `owner`. */
  readonly lastActive: string;
}

/** SQL: a page of owners with numbers. */
const pageOf = ({ column, owners, memories, episodes, lastActive }: OwnerQuery) => `
  with recursive ${owners}, page as materialized (
    select name, ${lastActive} as last_active from owner order by last_active desc nulls last, name limit $2 offset $3
  ), stored as (
    -- With old statistics, the worst plan reads the table once.
    select ${column} as name, count(*) filter (where not ${isFact})::integer as memories,
      count(*) filter (where ${isFact})::integer as facts
    from memlane.memory
    where ${memories} and ${column} = any (array(select name from page))
    group by 1
  ), kept as (
    select ${column} as name, count(*)::integer as episodes
    from memlane.episode
    where ${episodes} and ${column} = any (array(select name from page))
    group by 1
  )
  select counted.total, counted."withMemories", page.name, page.last_active as "lastActive", coalesce(memories, 0) as memories,
    coalesce(facts, 0) as facts, coalesce(episodes, 0) as episodes
  from (
    select count(*)::integer as total, (select count(*) from with_memories)::integer as "withMemories" from owner
  ) as counted
  left join page on true
  left join stored using (name)
  left join kept using (name)
  order by page.last_active desc nulls last, page.name`;

/** Users with something active; with `agentId`, only what that agent stored counts. The most recently active user comes first. */
export async function listUsers(
  sql: Sql,
  orgId: string,
  agentId: string | undefined,
  { limit, offset }: OwnerPageRequest,
): Promise<OwnerPage> {
  const episodes = `org_id = $1${agentId === undefined ? "" : " and agent_id = $4"}`;
  const memories = `${episodes} and ${isActive}`;
  const statement = pageOf({
    column: "user_id",
    owners: `${newestOfEach("with_memories", "memory", "user_id", memories)},
  ${newestOfEach("with_episodes", "episode", "user_id", episodes)}, owner as (
    select name, max(created_at) as created_at
    from (table with_memories union all table with_episodes) as found
    group by name
  )`,
    memories,
    episodes,
    lastActive: "created_at",
  });
  return readPage(sql, statement, [orgId, limit, offset, ...(agentId === undefined ? [] : [agentId])]);
}

/** Agents with memories, active or not, or with conversations. The most recently active agent comes first. */
export async function listAgents(
  sql: Sql,
  orgId: string,
  { limit, offset }: OwnerPageRequest,
): Promise<OwnerPage> {
  const memories = `org_id = $1 and ${isActive}`;
  // The newest active row of this agent, or a row of an agent before it.
  const lastActive = `greatest(kept_at, (
    select case when newest.agent_id = owner.name then newest.created_at end
    from (
      select agent_id, created_at from memlane.memory
      where ${memories} and agent_id is not null and agent_id <= owner.name
      order by agent_id desc, id desc limit 1
    ) as newest
  ))`;
  const episodes = "org_id = $1";
  const statement = pageOf({
    column: "agent_id",
    owners: `${newestOfEach("with_memories", "memory", "agent_id", "org_id = $1")},
  ${newestOfEach("with_episodes", "episode", "agent_id", episodes)}, owner as (
    select name, with_episodes.created_at as kept_at from with_memories full join with_episodes using (name)
  )`,
    memories,
    episodes,
    lastActive,
  });
  return readPage(sql, statement, [orgId, limit, offset]);
}

async function readPage(sql: Sql, statement: string, parameters: readonly unknown[]): Promise<OwnerPage> {
  // A page without owners is one row without a name.
  const rows = await sql.query<
    Omit<OwnerActivity, "name"> & Omit<OwnerPage, "owners"> & { readonly name: string | null }
  >(statement, parameters);
  const owners = rows.flatMap(({ total: _, withMemories: __, name, ...activity }) =>
    name === null ? [] : [{ name, ...activity }],
  );
  const { total, withMemories } = rows[0]!;
  return { owners, total, withMemories };
}
