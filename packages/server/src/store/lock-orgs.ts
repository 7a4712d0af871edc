import { MemlaneError } from "@memlane/core";
import type { Sql } from "../database/database.ts";

const lockTimedOut = "55P03"; // https://www.postgresql.org/docs/current/errcodes-appendix.html

/**
 * Locks organisations until the transaction ends. A transaction that stores or enqueues under a
 * limit locks the organisation first and reads its usage in a later statement. No other transaction
 * can change the usage before the commit. The order is always the same, so that two transactions
 * never deadlock.
 */
export async function lockOrgs(sql: Sql, orgIds: readonly string[]): Promise<void> {
  // `for update` would conflict with the foreign keys of every row that refers to the organisation.
  await sql.query("select from memlane.org where id = any($1) order by id for no key update", [
    [...new Set(orgIds)],
  ]);
}

/**
 * Locks one organisation. Waits as long as the connection's `lock_timeout` allows.
 *
 * @throws MemlaneError `unavailable` if another transaction keeps the lock longer
 */
export async function lockOrg(sql: Sql, orgId: string): Promise<void> {
  await lockOrgs(sql, [orgId]).catch((cause: unknown) => {
    if (!(cause instanceof Error && "code" in cause && cause.code === lockTimedOut)) throw cause;
    const message =
      "another write of this organisation is taking too long: nothing was stored, send the request again";
    throw new MemlaneError({ code: "unavailable", message, retryAfterMs: 1000, cause });
  });
}

/** Locks the organisations that no other transaction has locked. Returns their ids. */
export async function lockFreeOrgs(sql: Sql, orgIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ id: string }>(
    "select id from memlane.org where id = any($1) order by id for no key update skip locked",
    [[...new Set(orgIds)]],
  );
  return new Set(rows.map(({ id }) => id));
}
