import { newId } from "../base/new-id.ts";
import type { Database, Prepared, Sql } from "../database/database.ts";

// Prepared like the SQL statements of a job, so that both fail with the same poolers.
const insert: Prepared = {
  name: "check inserts",
  text: `with org as (
    insert into memlane.org (id) values ($1) returning id
  ), job as (
    insert into memlane.job (id, org_id, kind, request) select $2::uuid, id, 'ingest', '{}' from org
  )
  insert into memlane.memory (id, org_id, type, text) select $2::uuid, id, 'fact', 'check' from org`,
};
const update: Prepared = {
  name: "check updates",
  text: `update memlane.job set state = 'active', updated_at = now() where org_id = $1 and id = $2`,
};

/** Resolves if the database stores what a job needs. Leaves nothing behind. */
export async function checkDatabase(database: Pick<Database, "transaction">): Promise<void> {
  const [orgId, id] = [`readiness check ${newId()}`, newId()];
  const done = new Error("the check is rolled back");
  await database
    .transaction(async (sql) => {
      await sql.query(insert, [orgId, id]);
      await sql.query(update, [orgId, id]);
      throw done;
    })
    .catch((error: unknown) => {
      if (error !== done) throw error;
    });
}

const commitMs = 2000;

/** Commits wait for a standby that does not confirm them. */
export class AwaitingStandbyError extends Error {
  constructor() {
    super("commits wait for a synchronous standby");
  }
}

/** @throws AwaitingStandbyError if a commit of this role has been waiting for a synchronous standby for two seconds */
export async function checkCommits(sql: Sql): Promise<void> {
  const waiting = await sql.query(
    `select
     from pg_stat_activity
     where datname = current_database() and usename = current_user and wait_event = 'SyncRep'
       and state_change < now() - $1 * interval '1 millisecond'
     limit 1`,
    [commitMs],
  );
  if (waiting.length > 0) throw new AwaitingStandbyError();
}
