import type { JobId, MemoryId } from "@memlane/core";
import type { Prepared, Sql } from "../database/database.ts";

/** A row that may belong to a user. */
export interface OwnedRow<Id> {
  readonly orgId: string;
  readonly id: Id;
  readonly userId: string;
}

const memory: Prepared = {
  name: "is memory of user",
  text: `select
    exists (select from memlane.memory where org_id = $1 and id = $2 and user_id = $3)
    or exists (select from memlane.episode where org_id = $1 and id = $2 and user_id = $3)
    or exists (select from memlane.message where org_id = $1 and id = $2 and user_id = $3) as is_theirs`,
};

const job: Prepared = {
  name: "is job of user",
  text: "select exists (select from memlane.job where org_id = $1 and id = $2 and user_id = $3) as is_theirs",
};

/** Whether a memory, a fact, an episode or a message is one of this user's. */
export function isMemoryOfUser(sql: Sql, row: OwnedRow<MemoryId>): Promise<boolean> {
  return isOfUser(sql, memory, row);
}

/** Whether a conversation that a job reads is one of this user's. */
export function isJobOfUser(sql: Sql, row: OwnedRow<JobId>): Promise<boolean> {
  return isOfUser(sql, job, row);
}

async function isOfUser(
  sql: Sql,
  query: Prepared,
  { orgId, id, userId }: OwnedRow<string>,
): Promise<boolean> {
  const [row] = await sql.query<{ readonly is_theirs: boolean }>(query, [orgId, id, userId]);
  return row?.is_theirs ?? false;
}
