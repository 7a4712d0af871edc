import type { Sql } from "../database/database.ts";

/**
 * Holds organisations until the transaction ends. Whoever stores or enqueues something under a limit holds the
 * organisation first, and reads in a later statement where it stands: what that finds nobody else can change before the
 * commit. Always in one order, so that two who share some wait for each other, but never both.
 */
export async function holdOrgs(sql: Sql, orgIds: readonly string[]): Promise<void> {
  // Unlike `for update`, it goes together with the references to the organisation that everything else inserts.
  await sql.query("select from memlane.org where id = any($1) order by id for no key update", [
    [...new Set(orgIds)],
  ]);
}
