import type { Sql } from "../database/database.ts";

/** An organisation: the tenant that keys, jobs and memories belong to. */
export interface Org {
  readonly id: string;
  readonly createdAt: Date;
}

/** Makes an organisation; answers whether it is new. */
export async function insertOrg(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query(
    "insert into memlane.org (id) values ($1) on conflict (id) do nothing returning id",
    [id],
  );
  return rows.length > 0;
}

/** Every organisation, the oldest first. */
export async function listOrgs(sql: Sql): Promise<Org[]> {
  return sql.query<Org>(`select id, created_at as "createdAt" from memlane.org order by created_at, id`);
}
