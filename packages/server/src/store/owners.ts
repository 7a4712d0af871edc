// The users and the agents of an organisation. Loose index scans find them: one row per user, however many memories each has.
import type { Sql } from "../database/database.ts";
import { isFact } from "./memories.ts";

/** What is stored of a user or an agent. */
export interface OwnerActivity {
  readonly name: string;
  /** Active memories that are no facts. */
  readonly memories: number;
  readonly facts: number;
  /** When the newest active one was stored; null if there is none. */
  readonly lastActive: Date | null;
}

/** A page of users or agents, and how many there are in all. */
export interface OwnerPage {
  readonly owners: readonly OwnerActivity[];
  readonly total: number;
}

/** Which part of a list to read. */
export interface OwnerPageRequest {
  readonly limit: number;
  readonly offset: number;
}

/** SQL: the newest row of each owner, from the last name to the first. Its order fits one index, so the plan does not depend on statistics. */
const newestOfEach = (column: string, where: string) => `
  (
    select ${column} as name, created_at from memlane.memory
    where ${where} and ${column} is not null
    order by ${column} desc, id desc limit 1
  )
  union all
  select next.*
  from owner cross join lateral (
    select ${column} as name, created_at from memlane.memory
    where ${where} and ${column} < owner.name
    order by ${column} desc, id desc limit 1
  ) as next`;

/** SQL: a page of owners with numbers. `lastActive` computes the order from a row of `owner`. */
const pageOf = (column: string, owners: string, where: string, lastActive: string) => `
  with recursive owner as (${newestOfEach(column, owners)}), page as materialized (
    select name, ${lastActive} as last_active from owner order by last_active desc nulls last, name limit $2 offset $3
  ), stored as (
    -- With old statistics, the worst plan reads the table once.
    select ${column} as name, count(*) filter (where not ${isFact})::integer as memories,
      count(*) filter (where ${isFact})::integer as facts
    from memlane.memory
    where ${where} and ${column} = any (array(select name from page))
    group by 1
  )
  select counted.total, page.name, page.last_active as "lastActive", coalesce(memories, 0) as memories, coalesce(facts, 0) as facts
  from (select count(*)::integer as total from owner) as counted
  left join page on true
  left join stored using (name)
  order by page.last_active desc nulls last, page.name`;

/** Users with something active; with `agentId`, only what that agent stored counts. The last active user comes first. */
export async function listUsers(
  sql: Sql,
  orgId: string,
  agentId: string | undefined,
  { limit, offset }: OwnerPageRequest,
): Promise<OwnerPage> {
  const ofAgent = agentId === undefined ? "" : " and agent_id = $4";
  const where = `org_id = $1 and status = 'active'${ofAgent}`;
  const parameters = [orgId, limit, offset, ...(agentId === undefined ? [] : [agentId])];
  return readPage(sql, pageOf("user_id", where, where, "created_at"), parameters);
}

/** Agents with memories, active or not. The last active agent comes first. */
export async function listAgents(
  sql: Sql,
  orgId: string,
  { limit, offset }: OwnerPageRequest,
): Promise<OwnerPage> {
  const where = "org_id = $1 and status = 'active'";
  // The newest active row of this agent, or a row of an agent before it.
  const lastActive = `(
    select case when newest.agent_id = owner.name then newest.created_at end
    from (
      select agent_id, created_at from memlane.memory
      where ${where} and agent_id is not null and agent_id <= owner.name
      order by agent_id desc, id desc limit 1
    ) as newest
  )`;
  return readPage(sql, pageOf("agent_id", "org_id = $1", where, lastActive), [orgId, limit, offset]);
}

async function readPage(sql: Sql, statement: string, parameters: readonly unknown[]): Promise<OwnerPage> {
  // A page without owners is one row without a name.
  const rows = await sql.query<Omit<OwnerActivity, "name"> & { name: string | null; total: number }>(
    statement,
    parameters,
  );
  const owners = rows.flatMap(({ total: _, name, ...activity }) =>
    name === null ? [] : [{ name, ...activity }],
  );
  return { owners, total: rows[0]!.total };
}
