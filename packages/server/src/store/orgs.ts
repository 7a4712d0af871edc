import type { Sql } from "../database/database.ts";

/** An organisation, which owns keys, jobs and memories. */
export interface Org {
  readonly id: string;
  readonly createdAt: Date;
}

/** Creates an organisation. Returns whether it is new. @throws Error if the id does not fit into a header */
export async function insertOrg(sql: Sql, id: string): Promise<boolean> {
  if (!/^[\x21-\x7e]{1,255}$/.test(id)) {
    throw new Error(
      `'${id}' cannot name an organisation: X-Org-Id must be 1 to 255 ASCII characters, without spaces.`,
    );
  }
  const rows = await sql.query(
    "insert into memlane.org (id) values ($1) on conflict (id) do nothing returning id",
    [id],
  );
  return rows.length > 0;
}

/** All organisations, oldest first. */
export async function listOrgs(sql: Sql): Promise<Org[]> {
  return sql.query<Org>(`select id, created_at as "createdAt" from memlane.org order by created_at, id`);
}

/** Organisations in alphabetical order, after `after`. */
export async function pageOrgs(
  sql: Sql,
  { limit, after = "" }: { readonly limit: number; readonly after?: string | undefined },
): Promise<Org[]> {
  return sql.query<Org>(
    `select id, created_at as "createdAt" from memlane.org where id > $2 order by id limit $1`,
    [limit, after],
  );
}

/** Whether an organisation exists. */
export async function isOrg(sql: Sql, id: string): Promise<boolean> {
  return (await sql.query("select from memlane.org where id = $1", [id])).length > 0;
}

/** Creates an organisation for an agent that signs up. Only such an organisation can be deleted by its own key. */
export async function insertSignedUpOrg(sql: Sql, id: string): Promise<void> {
  await sql.query("insert into memlane.org (id, signed_up_at) values ($1, now())", [id]);
}

/** Whether an organisation was created by `insertSignedUpOrg`. */
export async function hasSignedUp(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query("select from memlane.org where id = $1 and signed_up_at is not null", [id]);
  return rows.length > 0;
}

/** Deletes an organisation with everything that belongs to it. */
export async function deleteOrg(sql: Sql, id: string): Promise<void> {
  await sql.query("delete from memlane.org where id = $1", [id]);
}
