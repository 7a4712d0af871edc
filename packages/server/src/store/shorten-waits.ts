import type { Sql } from "../database/database.ts";
import { guard } from "./job-state-guard.ts";

const atOnce = 1000; // rows per statement

/**
 * Makes jobs due now if they are due later than `longestMs` from now. No delay or lease is that
 * long, so the database's clock must have been set back. Returns how many.
 */
export async function shortenWaits(sql: Sql, longestMs: number): Promise<number> {
  const rows = await sql.query(
    `update memlane.job
     set due_at = now()
     where id = any (array(
       select id
       from memlane.job
       where ${guard("claim")} and due_at < 'infinity' and due_at > now() + $1 * interval '1 millisecond'
       limit ${atOnce}
       for update skip locked
     ))
     returning id`,
    [longestMs],
  );
  return rows.length;
}
