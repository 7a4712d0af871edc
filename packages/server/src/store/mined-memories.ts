// Verbatim memories, with the state of their mining and their history.
import type { FactId, MemoryId } from "@memlane/core";
import type { Memory, MiningStatus } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import { isActive } from "./active-memory.ts";
import { isStatedOnlyBy } from "./facts.ts";
import { columns, idsFromMessages } from "./memory-columns.ts";
import { enqueueInvalidated } from "./memory-events.ts";

/** SQL: the state of a memory's mining, with `memlane.mining` joined. */
const status = `case
    when mining.memory_id is null then 'ready'
    when mining.failed_at is null then 'processing'
    else 'error'
  end`;

/** Whether the facts of a memory are mined. A memory that is not verbatim is `ready`. */
export async function readMiningStatus(sql: Sql, orgId: string, id: MemoryId): Promise<MiningStatus> {
  const [row] = await sql.query<{ status: MiningStatus }>(
    `select ${status} as status from memlane.mining where memory_id = $1 and org_id = $2`,
    [id, orgId],
  );
  return row?.status ?? "ready";
}

/** A verbatim memory, as the list of writes shows it. */
export interface MemoryWriteRow {
  readonly id: MemoryId;
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly status: MiningStatus;
  readonly createdAt: Date;
}

/** Which writes to list. */
export interface WriteFilter {
  readonly userId?: string | undefined;
  readonly status?: MiningStatus | undefined;
}

/** An organisation's verbatim memories, newest first. */
export async function listWrites(
  sql: Sql,
  orgId: string,
  { userId, status: wanted }: WriteFilter,
  limit: number,
): Promise<MemoryWriteRow[]> {
  const ofStatus = {
    ready: "mining.memory_id is null",
    processing: "mining.memory_id is not null and mining.failed_at is null",
    error: "mining.failed_at is not null",
  };
  return sql.query<MemoryWriteRow>(
    `select id, memory.user_id as "userId", agent_id as "agentId", ${status} as status, created_at as "createdAt"
     from memlane.memory
     left join memlane.mining on mining.memory_id = id
     where memory.org_id = $1 and verbatim and memory.status = 'active' and ($2::text is null or memory.user_id = $2)
       and ${wanted === undefined ? "true" : ofStatus[wanted]}
     order by id desc
     limit $3`,
    [orgId, userId ?? null, limit],
  );
}

/** How many of an organisation's memories are still to be mined. */
export async function countProcessing(sql: Sql, orgId: string, userId: string | undefined): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::integer as count
     from memlane.mining
     where org_id = $1 and failed_at is null and ($2::text is null or user_id = $2)`,
    [orgId, userId ?? null],
  );
  return row!.count;
}

/** How many changes of a memory its history has; older ones are dropped. */
const mostEdits = 100;

/**
 * Changes the text of a verbatim memory and puts it in the queue for mining again. Undefined if there is no such memory, or if it
 * was changed since `expectedUpdatedAt`.
 */
export async function changeMemory(
  sql: Sql,
  orgId: string,
  id: MemoryId,
  { text, expectedUpdatedAt }: { readonly text: string; readonly expectedUpdatedAt: Date | undefined },
): Promise<Memory | undefined> {
  const [memory] = await sql.query<Memory>(
    `with changed as (
       update memlane.memory
       set
         text = $3,
         updated_at = now(),
         edited_at = (edited_at || now())[greatest(1, cardinality(edited_at) + 2 - ${mostEdits}):]
       where id = $1 and org_id = $2 and verbatim and status = 'active'
         -- A second of tolerance: clients may round.
         and ($4::timestamptz is null or abs(extract(epoch from updated_at - $4)) <= 1)
       returning *
     ), queued as (
       insert into memlane.mining (memory_id, org_id, user_id)
       select id, org_id, user_id
       from changed
       on conflict (memory_id) do update
       set due_at = '-infinity', attempts = 0, interruptions = 0, lease_id = null, failed_at = null
     ), old_vector as (
       delete from memlane.memory_vector where memory_id in (select id from changed)
     ), old_refusal as (
       delete from memlane.refused_embedding where memory_id in (select id from changed)
     ), edited as (
       insert into memlane.edited_text (memory_id) select id from changed on conflict do nothing
     )
     select ${columns.replaceAll("memory.id", "changed.id")} from changed`,
    [id, orgId, text, expectedUpdatedAt ?? null],
  );
  return memory;
}

/** Locks a memory until the transaction ends. Then no miner stores facts of it. */
export async function lockMemory(sql: Sql, orgId: string, id: MemoryId): Promise<void> {
  await sql.query("select from memlane.memory where id = $1 and org_id = $2 for update", [id, orgId]);
}

/** Locks the facts that a memory states, until the transaction ends. */
export async function lockFactsOf(sql: Sql, orgId: string, id: MemoryId): Promise<void> {
  await sql.query(
    `select
     from memlane.memory
     where org_id = $2
       and id = any (array(select fact_id from memlane.fact_source where memory_id = $1 and dropped_at is null))
     order by id
     for update`,
    [id, orgId],
  );
}

/** What was forgotten. */
export interface ForgottenMemory {
  readonly userId: string | null;
  /** The facts that are no longer true; the memory itself if it is a fact. */
  readonly facts: readonly FactId[];
}

/**
 * Forgets a locked memory: it is kept as history only. Retracts the facts that no other memory states. Undefined if
 * there is no such memory.
 */
export async function forgetMemory(
  sql: Sql,
  orgId: string,
  id: MemoryId,
): Promise<ForgottenMemory | undefined> {
  const [forgotten] = await sql.query<ForgottenMemory>(
    `with forgotten as (
       update memlane.memory
       -- A fact may have ended before.
       set status = 'retracted', invalid_at = least(invalid_at, now()), updated_at = now()
       where id = $1 and org_id = $2 and status = 'active'
       returning id, user_id, subject, invalid_at, superseded_by
     ), unqueued as (
       delete from memlane.mining where memory_id in (select id from forgotten)
     ), invalidated as (
       update memlane.memory
       set status = 'retracted', invalid_at = now(), updated_at = now()
       where org_id = $2 and ${isActive}
         and id in (
           select fact_id
           from memlane.fact_source
           where memory_id in (select id from forgotten) and dropped_at is null
         )
         and ${isStatedOnlyBy("select id from forgotten")}
       returning id, invalid_at, superseded_by
     ), ended as (
       -- The memory may be a fact itself.
       select id, invalid_at, superseded_by from forgotten
       union all
       select id, invalid_at, superseded_by from invalidated
     ), enqueued as (
       ${enqueueInvalidated("ended", "$2")}
     )
     select
       user_id as "userId",
       array(
         select id::text from forgotten where subject is not null and invalid_at = now()
         union all
         select id::text from invalidated
       ) as facts
     from forgotten`,
    [id, orgId],
  );
  return forgotten;
}

/** One thing that happened to a memory or to one of its facts. */
export interface MemoryHistoryEvent {
  readonly event: "created" | "updated" | "fact_extracted" | "fact_invalidated" | "deleted";
  readonly at: Date;
  /** Subject, predicate and object in one line. */
  readonly fact: string | null;
  readonly factId: FactId | null;
  /** The user of the memory. */
  readonly userId: string | null;
}

/** The most facts, and the most events, in the history of a memory. */
const mostHistory = 500;

/**
 * What happened to a memory, an episode or a message, oldest first; also if it was forgotten. Only the newest events if there are
 * too many. Empty if there is no such memory.
 */
export async function readMemoryHistory(
  sql: Sql,
  orgId: string,
  id: MemoryId,
): Promise<MemoryHistoryEvent[]> {
  return sql.query<MemoryHistoryEvent>(
    `with memory as (
       select created_at, updated_at, edited_at, user_id, verbatim and status <> 'active' as is_forgotten
       from memlane.memory
       where id = $1 and org_id = $2
       union all
       select created_at, created_at, '{}', user_id, false from memlane.episode where id = $1 and org_id = $2
       union all
       select created_at, created_at, '{}', message.user_id, false
       from memlane.message join memlane.episode on episode.id = episode_id
       where message.id = $1 and message.org_id = $2
     ), mined as (
       select fact_id, mined_at
       from (
         select fact_id, mined_at from memlane.fact_source where memory_id = $1 and not inherited
         union
         -- A fact that was known already may be older than the conversation.
         select fact.id, greatest(fact.created_at, memory.created_at)
         from memory, memlane.memory as fact
         where fact.id = any (${idsFromMessages("array(select id from memlane.message where id = $1 or episode_id = $1)")})
           and type = 'fact' and not fact.verbatim
       ) as stated
       order by mined_at desc, fact_id desc
       limit ${mostHistory}
     ), fact as (
       select fact.*, mined_at, subject || ' ' || predicate || ' ' || object as line
       from mined join memlane.memory as fact on fact.id = fact_id
       where fact.org_id = $2
     ), newest as (
       select *
       from (
         select 1 as rank, 'created' as event, created_at as at, null as fact, null::uuid as fact_id from memory
         union all
         select 2, 'updated', unnest(edited_at), null, null from memory
         union all
         select 3, 'fact_extracted', mined_at, line, id from fact where exists (select from memory)
         union all
         select 4, 'fact_invalidated', updated_at, line, id
         from fact
         where invalid_at is not null and exists (select from memory)
         union all
         select 5, 'deleted', updated_at, null, null from memory where is_forgotten
       ) as history
       order by at desc, rank desc, fact_id desc
       limit ${mostHistory}
     )
     select event, at, fact, fact_id as "factId", (select user_id from memory) as "userId"
     from newest
     order by at, rank, fact_id`,
    [id, orgId],
  );
}
