// The queue of verbatim memories whose facts are to be mined.
import type { MemoryId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { isActive } from "./active-memory.ts";
import { isStatedOnlyBy } from "./facts.ts";
import { enqueueInvalidated } from "./memory-events.ts";

/** A leased memory to mine. */
export interface ClaimedMemory {
  readonly id: MemoryId;
  readonly orgId: string;
  readonly text: string;
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly runId: string | null;
  /** When the memory was said: its last change, else the time that its client gave, else when it was written. */
  readonly saidAt: Date;
  /** How many attempts were made, with this one. */
  readonly attempts: number;
  /** How many attempts were cut short and not counted. */
  readonly interruptions: number;
  readonly leaseId: string;
}

/** A claim looks at this many of an organisation's due memories, and takes only those of the first one's user. */
const mostLookedAt = 200;

/** How many memories of one user are mined together. */
const mostTogether = 50;

/**
 * Claims due memories of up to `limit` organisations after `after`. From each organisation, it takes memories of one user. A memory
 * whose last attempt failed is claimed alone, so that the others do not fail with it.
 */
export async function claimMemories(
  sql: Sql,
  { limit, leaseMs, after }: { readonly limit: number; readonly leaseMs: number; readonly after: string },
): Promise<ClaimedMemory[]> {
  return sql.query<ClaimedMemory>(
    {
      name: "claim memories to mine",
      text: `with recursive orgs_after_cursor as (
       -- Loose index scan: one row per organisation, with its first due memory.
       (
         select org_id, due_at
         from memlane.mining
         where failed_at is null and org_id > $3
         order by org_id, due_at
         limit 1
       )
       union all
       select next.*
       from orgs_after_cursor cross join lateral (
         select org_id, due_at
         from memlane.mining
         where failed_at is null and org_id > orgs_after_cursor.org_id
         order by org_id, due_at
         limit 1
       ) as next
     ), due_orgs as (
       select org_id
       from orgs_after_cursor
       where due_at <= now()
       limit (select $1::integer)
     ), claimed as materialized (
       select queue.memory_id
       from due_orgs cross join lateral (
         select memory_id, user_id, attempts, row_number() over in_line as place,
           row_number() over of_user as place_of_user, first_value(user_id) over in_line as first_user,
           first_value(attempts) over in_line as first_attempts
         from (
           select memory_id, user_id, attempts, due_at
           from memlane.mining
           where org_id = due_orgs.org_id and failed_at is null and due_at <= now()
           order by due_at, memory_id
           limit ${mostLookedAt}
           for update skip locked
         ) as looked_at
         window in_line as (order by due_at, memory_id), of_user as (partition by user_id order by due_at, memory_id)
       ) as queue
       where place = 1
         or (
           attempts = 0 and first_attempts = 0 and user_id is not distinct from first_user and place_of_user <= ${mostTogether}
         )
     )
     update memlane.mining
     set attempts = attempts + 1, lease_id = gen_random_uuid(), due_at = now() + $2 * interval '1 millisecond'
     from memlane.memory
     where mining.memory_id = any (array(select memory_id from claimed)) and memory.id = mining.memory_id
     returning memory.id, memory.org_id as "orgId", text, memory.user_id as "userId", agent_id as "agentId", run_id as "runId",
       coalesce(edited_at[cardinality(edited_at)], occurred_at, created_at) as "saidAt", attempts, interruptions,
       lease_id as "leaseId"`,
    },
    [limit, leaseMs, after],
  );
}

/** The leases of memories, as arrays. */
const leasesOf = (memories: readonly ClaimedMemory[]) => [
  memories.map(({ id }) => id),
  memories.map(({ leaseId }) => leaseId),
];

/** Only the worker with the lease may write. */
const leased = `mining.memory_id = lease.memory_id and mining.lease_id = lease.lease_id`;

/** Renews leases. Leases that are lost are left out. */
export async function renewMining(
  sql: Sql,
  memories: readonly ClaimedMemory[],
  leaseMs: number,
): Promise<void> {
  await sql.query(
    `update memlane.mining
     set due_at = now() + $3 * interval '1 millisecond'
     from unnest($1::uuid[], $2::uuid[]) as lease (memory_id, lease_id)
     where ${leased}`,
    [...leasesOf(memories), leaseMs],
  );
}

/** Puts memories back in the queue after an attempt that failed. After the last attempt they stay unmined. */
export async function giveBackMemories(
  sql: Sql,
  memories: readonly ClaimedMemory[],
  {
    delayMs,
    isCounted,
    isLast,
  }: { readonly delayMs: number; readonly isCounted: boolean; readonly isLast: boolean },
): Promise<void> {
  await sql.query(
    `update memlane.mining
     set
       due_at = now() + $3 * interval '1 millisecond',
       lease_id = null,
       attempts = attempts - $4,
       interruptions = interruptions + $4,
       failed_at = case when $5 then now() end
     from unnest($1::uuid[], $2::uuid[]) as lease (memory_id, lease_id)
     where ${leased}`,
    [...leasesOf(memories), delayMs, isCounted ? 0 : 1, isLast],
  );
}

/** The memories of a claim after an attempt, and the facts that were found in them. */
export interface MinedFacts {
  readonly memories: readonly ClaimedMemory[];
  /** The memories that could not be read to their end. */
  readonly unread: ReadonlySet<MemoryId>;
  readonly facts: readonly { readonly memoryId: MemoryId; readonly factId: MemoryId }[];
}

/**
 * Ends the mining of memories and links them to their facts. Memories that were changed may no longer state their old facts: it
 * retracts those that no memory states any more, and returns how many. Undefined if a lease is lost: the caller must then roll back the
 * transaction.
 */
export async function endMining(
  sql: Sql,
  orgId: string,
  { memories, unread, facts }: MinedFacts,
): Promise<number | undefined> {
  const [ended] = await sql.query<{ memories: number; facts: number }>(
    `with lease as (
       -- Locks the memories before their rows in the queue, as a deletion does.
       select lease.*
       from unnest($2::uuid[], $3::uuid[], $4::boolean[]) as lease (memory_id, lease_id, is_unread)
       join memlane.memory on memory.id = lease.memory_id
       order by memory.id
       for key share of memory
     ), read as (
       delete from memlane.mining
       using lease
       where org_id = $1 and ${leased} and not is_unread
       returning mining.memory_id
     ), unread as (
       update memlane.mining
       set failed_at = now(), lease_id = null
       from lease
       where org_id = $1 and ${leased} and is_unread
       returning mining.memory_id
     ), mined as (
       select memory_id from read
       union all
       select memory_id from unread
     ), stated as (
       select distinct * from unnest($5::uuid[], $6::uuid[]) as stated (memory_id, fact_id)
     ), linked as (
       insert into memlane.fact_source (fact_id, memory_id)
       select fact_id, memory_id
       from stated join mined using (memory_id)
       on conflict (fact_id, memory_id) do update set dropped_at = null, inherited = false
     ), dropped as (
       update memlane.fact_source
       set dropped_at = now()
       from mined
       where fact_source.memory_id = mined.memory_id and dropped_at is null and not inherited
         and (fact_source.memory_id, fact_id) not in (select memory_id, fact_id from stated)
       returning fact_id
     ), retracted as (
       update memlane.memory
       set status = 'retracted', invalid_at = now(), updated_at = now()
       where org_id = $1 and ${isActive} and id = any (array(select fact_id from dropped))
         and id not in (select fact_id from stated)
         and ${isStatedOnlyBy("select memory_id from mined")}
       returning id, invalid_at, superseded_by
     ), enqueued as (
       ${enqueueInvalidated("retracted", "$1")}
     )
     select (select count(*) from mined)::integer as memories, (select count(*) from retracted)::integer as facts`,
    [
      orgId,
      ...leasesOf(memories),
      memories.map(({ id }) => unread.has(id)),
      facts.map(({ memoryId }) => memoryId),
      facts.map(({ factId }) => factId),
    ],
  );
  return ended!.memories === memories.length ? ended!.facts : undefined;
}
