import { MemlaneError } from "@memlane/core";
import type { Sql } from "../database/database.ts";

const lockTimedOut = "55P03"; // https://www.postgresql.org/docs/current/errcodes-appendix.html

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

/**
 * Holds one organisation. Waits for it as long as the connection's `lock_timeout` allows.
 *
 * @throws MemlaneError `unavailable` if another transaction holds the organisation for that time
 */
export async function holdOrg(sql: Sql, orgId: string): Promise<void> {
  await holdOrgs(sql, [orgId]).catch((cause: unknown) => {
    if (!(cause instanceof Error && "code" in cause && cause.code === lockTimedOut)) throw cause;
    const message = "another write of this organisation takes long: nothing was stored, send it again";
    throw new MemlaneError({ code: "unavailable", message, retryAfterMs: 1000, cause });
  });
}

/** Holds the organisations that no other transaction holds. Returns their ids. */
export async function holdFreeOrgs(sql: Sql, orgIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ id: string }>(
    "select id from memlane.org where id = any($1) order by id for no key update skip locked",
    [[...new Set(orgIds)]],
  );
  return new Set(rows.map(({ id }) => id));
}
