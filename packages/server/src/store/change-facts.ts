// Changes of single facts by clients.
import type { FactId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { isActive } from "./active-memory.ts";
import { enqueueInvalidated } from "./memory-events.ts";

/** Counts one more statement of a fact. */
export async function confirmFact(sql: Sql, orgId: string, id: FactId, saidAt: Date): Promise<void> {
  await sql.query(
    `update memlane.memory
     set
       observation_count = observation_count + 1,
       last_said_at = greatest(last_said_at, $3),
       valid_from = least(valid_from, $3),
       -- An end that is still to come holds, unless the fact is said to be true at that time or later.
       invalid_at = case when ${isActive} and invalid_at <= $3 then null else invalid_at end,
       updated_at = now()
     where id = $1 and org_id = $2`,
    [id, orgId, saidAt],
  );
}

/** Makes the memories and messages that state a fact the sources of the fact that corrects it. */
export async function inheritSources(sql: Sql, corrected: FactId, by: FactId): Promise<void> {
  await sql.query(
    `with of_memories as (
       insert into memlane.fact_source (fact_id, memory_id, inherited)
       select $2, memory_id, true from memlane.fact_source where fact_id = $1 and dropped_at is null
       on conflict do nothing
     )
     insert into memlane.memory_source (memory_id, message_id, inherited)
     select $2, message_id, true from memlane.memory_source where memory_id = $1
     on conflict do nothing`,
    [corrected, by],
  );
}

/** Ends a fact at a time. The time may be still to come. Undefined if there is no such fact, or if it has ended or ends before that time. */
export async function endFact(
  sql: Sql,
  orgId: string,
  id: FactId,
  at: Date | undefined,
): Promise<Date | undefined> {
  const [row] = await sql.query<{ invalidAt: Date }>(
    `with ended as (
       update memlane.memory
       set
         status = case when status = 'active' and coalesce($3, now()) <= now() then 'retracted' else status end,
         invalid_at = coalesce($3, now()),
         updated_at = now()
       where id = $1 and org_id = $2 and subject is not null
         and (invalid_at is null or invalid_at > greatest(now(), $3))
       returning id, invalid_at, superseded_by
     ), enqueued as (
       ${enqueueInvalidated("ended", "$2")}
     )
     select invalid_at as "invalidAt" from ended`,
    [id, orgId, at ?? null],
  );
  return row?.invalidAt;
}

/** The fingerprint of a fact if it is active. */
export async function readActiveFingerprint(
  sql: Sql,
  orgId: string,
  id: FactId,
): Promise<string | undefined> {
  const [row] = await sql.query<{ fingerprint: string }>(
    `select fingerprint
     from memlane.memory
     where id = $1 and org_id = $2 and subject is not null and ${isActive}`,
    [id, orgId],
  );
  return row?.fingerprint;
}

/** The active fact at the end of the chain of facts that replaced this one. Undefined if there is none. */
export async function readSuccessor(sql: Sql, orgId: string, id: FactId): Promise<FactId | undefined> {
  const [row] = await sql.query<{ id: FactId }>(
    `with recursive successor as (
       select id, superseded_by, ${isActive} as is_active from memlane.memory where id = $1 and org_id = $2
       union
       select memory.id, memory.superseded_by, ${isActive}
       from successor join memlane.memory on memory.id = successor.superseded_by
       where org_id = $2
     )
     select id from successor where is_active and id <> $1`,
    [id, orgId],
  );
  return row?.id;
}
