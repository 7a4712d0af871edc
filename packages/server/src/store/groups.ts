// The groups of an organisation.
import type { GroupId, GroupStatus } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { readPage } from "./page-by-bytes.ts";

/** A group of memories that several users share. */
export interface Group {
  readonly id: GroupId;
  readonly name: string;
  /** What its memories are about; null for a catch-all group. */
  readonly prompt: string | null;
  readonly status: GroupStatus;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const columns = `id, name, prompt, status, created_at as "createdAt", updated_at as "updatedAt"`;

/** Stores a new group, which is active. */
export async function insertGroup(
  sql: Sql,
  orgId: string,
  { id, name, prompt }: Pick<Group, "id" | "name" | "prompt">,
): Promise<Group> {
  const [inserted] = await sql.query<Group>(
    `insert into memlane.memory_group (org_id, id, name, prompt) values ($1, $2, $3, $4) returning ${columns}`,
    [orgId, id, name, prompt],
  );
  return inserted!;
}

/** The size of a list. More groups can only be archived ones, unless the operator allows more. */
const most = { limit: 1000, mostBytes: 2 * 1024 * 1024 };

/** An organisation's groups, oldest first: the first 1,000, or two mebibytes of them. */
export async function listGroups(sql: Sql, orgId: string, withArchived: boolean): Promise<readonly Group[]> {
  const select = `select ${columns}, octet_length(name) + octet_length(coalesce(prompt, '')) + 200 as bytes
    from memlane.memory_group
    where org_id = $1 and (status = 'active' or $2)`;
  const parameters = [orgId, withArchived];
  const page = await readPage<Group>(sql, { select, parameters, direction: "asc", ...most });
  return page.rows;
}

/** One organisation's group. */
export async function readGroup(sql: Sql, orgId: string, id: GroupId): Promise<Group | undefined> {
  const [found] = await sql.query<Group>(
    `select ${columns} from memlane.memory_group where org_id = $1 and id = $2`,
    [orgId, id],
  );
  return found;
}

/** The active groups with these ids, in any order. */
export async function readActiveGroups(sql: Sql, orgId: string, ids: readonly GroupId[]): Promise<Group[]> {
  if (ids.length === 0) return [];
  return sql.query<Group>(
    `select ${columns} from memlane.memory_group where org_id = $1 and id = any($2) and status = 'active'`,
    [orgId, ids],
  );
}

/** How many active groups an organisation has. */
export async function countActiveGroups(sql: Sql, orgId: string): Promise<number> {
  const [row] = await sql.query<{ total: number }>(
    `select count(*)::integer as total from memlane.memory_group where org_id = $1 and status = 'active'`,
    [orgId],
  );
  return row!.total;
}

/** Changes the fields of a group that are not null. Undefined if there is no such group. */
export async function updateGroup(
  sql: Sql,
  orgId: string,
  id: GroupId,
  changes: Partial<Record<"name" | "prompt" | "status", string | null | undefined>>,
): Promise<Group | undefined> {
  const [updated] = await sql.query<Group>(
    `update memlane.memory_group
     set
       name = coalesce($3, name),
       prompt = coalesce($4, prompt),
       status = coalesce($5, status),
       updated_at = case when (name, prompt, status) is distinct from
         (coalesce($3, name), coalesce($4, prompt), coalesce($5, status)) then now() else updated_at end
     where org_id = $1 and id = $2
     returning ${columns}`,
    [orgId, id, changes.name ?? null, changes.prompt ?? null, changes.status ?? null],
  );
  return updated;
}
