import type { Sql } from "../database/database.ts";

/** Resolves if the database answers and has Memlane's schema. */
export async function checkDatabase(sql: Sql): Promise<void> {
  await sql.query("select 1 from memlane.migration limit 1");
}
