// The table of running workers. It is about processes, so its rows belong to no organisation.
import type { Sql } from "../database/database.ts";

/** Reports that a worker runs, and deletes workers that have not reported for a day. */
export async function reportWorker(sql: Sql, id: string): Promise<void> {
  await sql.query(
    `with dead as (
       delete from memlane.worker where seen_at < now() - interval '1 day' and id <> $1
     )
     insert into memlane.worker (id) values ($1)
     on conflict (id) do update set seen_at = now()`,
    [id],
  );
}

/** Removes a worker that stops. */
export async function removeWorker(sql: Sql, id: string): Promise<void> {
  await sql.query("delete from memlane.worker where id = $1", [id]);
}
