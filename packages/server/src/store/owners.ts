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

/** SQL: the different values of a column, in their order. */
const differentValues = (column: string, where: string) => `
  (
    select ${column} as name from memlane.memory where ${where} and ${column} is not null order by ${column} limit 1
  )
  union all
  select next.name
  from owner cross join lateral (
    select ${column} as name from memlane.memory where ${where} and ${column} > owner.name order by ${column} limit 1
  ) as next`;

/** SQL: a page of the owners with something active, and of the others too unless `mustBeActive`. */
const pageOf = (
  column: string,
  { where, mustBeActive }: { readonly where: string; readonly mustBeActive: boolean },
) => `
  with recursive owner as (${differentValues(column, mustBeActive ? `${where} and status = 'active'` : where)}),
  page as materialized (
    select name, last_active
    from owner left join lateral (
      select created_at as last_active from memlane.memory
      where ${where} and ${column} = owner.name and status = 'active'
      order by id desc limit 1
    ) as newest on true
    order by last_active desc nulls last, name
    limit $2 offset $3
  )
  select counted.total, page.name, page.last_active as "lastActive", stored.memories, stored.facts
  from (select count(*)::integer as total from owner) as counted
  left join page on true
  left join lateral (
    select count(*) filter (where not ${isFact})::integer as memories, count(*) filter (where ${isFact})::integer as facts
    from memlane.memory
    where ${where} and ${column} = page.name and status = 'active'
  ) as stored on true
  order by page.last_active desc nulls last, page.name`;

/** Users with something active; with `agentId`, only what that agent stored counts. The last active user comes first. */
export async function listUsers(
  sql: Sql,
  orgId: string,
  agentId: string | undefined,
  { limit, offset }: OwnerPageRequest,
): Promise<OwnerPage> {
  const where = agentId === undefined ? "org_id = $1" : "org_id = $1 and agent_id = $4";
  const parameters = [orgId, limit, offset, ...(agentId === undefined ? [] : [agentId])];
  return readPage(sql, pageOf("user_id", { where, mustBeActive: true }), parameters);
}

/** Agents with memories, active or not. The last active agent comes first. */
export async function listAgents(
  sql: Sql,
  orgId: string,
  { limit, offset }: OwnerPageRequest,
): Promise<OwnerPage> {
  const statement = pageOf("agent_id", { where: "org_id = $1", mustBeActive: false });
  return readPage(sql, statement, [orgId, limit, offset]);
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
