// How much of its monthly quota an organisation has used, and how many agents it has.
import type { Prepared, Sql } from "../database/database.ts";
import type { Limits } from "./limits.ts";
import { enqueueQuotaWarning } from "./memory-events.ts";
import { isBatchMemory } from "./is-batch-memory.ts";

/** What an organisation has stored. */
export interface WriteUsage {
  /** Memories stored this month; 0 without a quota. */
  readonly writes: number;
  /**
   * Items that unfinished batches have yet to store; 0 without a quota. A batch is accepted only if
   * all its items fit.
   */
  readonly promisedWrites: number;
  /** Agents with memories; 0 without a cap. */
  readonly agents: number;
  /** The agents of the `WriteQuestion` that have memories already. */
  readonly knownAgents: ReadonlySet<string>;
}

/** An organisation, and the agents that it wants to store memories for. */
export interface WriteQuestion {
  readonly orgId: string;
  readonly limits: Limits;
  readonly agentIds: readonly (string | null)[];
}

/** The first day of this month (UTC). */
const month = "date_trunc('month', now() at time zone 'UTC')::date";

/** The smallest id of this month: a UUIDv7 begins with the milliseconds since 1970. */
const firstId = `(lpad(to_hex((extract(epoch from ${month}) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid`;

// No counter yet (the quota is new): count the memories.
const writes = `coalesce(
  (
    select writes
    from memlane.monthly_writes
    where org_id = org.id and month = ${month}
  ),
  (
    select count(*)
    from memlane.memory
    where org_id = org.id and id >= ${firstId} and ${isBatchMemory}
  )
)`;

const promisedWrites = `(
  select coalesce(sum(received - imported - failed), 0)
  from memlane.job
  where org_id = org.id and kind = 'batch' and state in ('queued', 'active')
)`;

// Loose index scan: one row per agent, however many memories it has.
const agents = `(
  with recursive agent as (
    (
      select agent_id
      from memlane.memory
      where org_id = org.id and agent_id is not null
      order by agent_id
      limit 1
    )
    union all
    select next.agent_id
    from agent cross join lateral (
      select agent_id
      from memlane.memory
      where org_id = org.id and agent_id > agent.agent_id
      order by agent_id
      limit 1
    ) as next
  )
  select count(*) from agent
)`;

const reading: Prepared = {
  name: "read write usage",
  text: `select
      org.id as "orgId",
      case when org.has_quota then ${writes} else 0 end::float8 as writes,
      case when org.has_quota then ${promisedWrites} else 0 end::float8 as "promisedWrites",
      case when org.has_cap then ${agents} else 0 end::float8 as agents,
      array(
        select asked.agent_id
        from unnest($4::text[], $5::text[]) as asked (org_id, agent_id)
        where asked.org_id = org.id and exists (
          select from memlane.memory
          where org_id = asked.org_id and agent_id = asked.agent_id
        )
      ) as "knownAgents"
    from unnest($1::text[], $2::boolean[], $3::boolean[]) as org (id, has_quota, has_cap)`,
};

/**
 * Reads the usage of organisations. A number is 0 if no limit needs it. The numbers are exact while
 * the organisations are locked.
 */
export async function readWriteUsage(
  sql: Sql,
  questions: readonly WriteQuestion[],
): Promise<Map<string, WriteUsage>> {
  const asked = questions
    .filter(({ limits }) => limits.agents !== null)
    .flatMap(({ orgId, agentIds }) =>
      [...new Set(agentIds)].flatMap((agentId) => (agentId === null ? [] : { orgId, agentId })),
    );
  const rows = await sql.query<Omit<WriteUsage, "knownAgents"> & { orgId: string; knownAgents: string[] }>(
    reading,
    [
      questions.map(({ orgId }) => orgId),
      questions.map(({ limits }) => limits.writesPerMonth !== null),
      questions.map(({ limits }) => limits.agents !== null),
      asked.map(({ orgId }) => orgId),
      asked.map(({ agentId }) => agentId),
    ],
  );
  return new Map(
    rows.map(({ orgId, knownAgents, ...counts }) => [
      orgId,
      { ...counts, knownAgents: new Set(knownAgents) },
    ]),
  );
}

const [used, quota] = ["$2::bigint", "$3::bigint"] as const;

/** SQL: whether 80 % of the quota is used. */
const isNearlyUsed = `100 * ${used} >= 80 * ${quota}`;

const saving: Prepared = {
  name: "save monthly writes",
  text: `with saved as (
      insert into memlane.monthly_writes (org_id, month, writes, warned)
      values ($1, ${month}, $2, ${isNearlyUsed})
      on conflict (org_id, month) do update
      set writes = excluded.writes, warned = monthly_writes.warned or excluded.warned
    )
    ${enqueueQuotaWarning({
      org: "$1",
      used,
      limit: quota,
      // The row as it was before this statement.
      condition: `${isNearlyUsed} and not exists (
        select from memlane.monthly_writes where org_id = $1 and month = ${month} and warned
      )`,
    })}`,
};

/**
 * Saves how many memories a locked organisation has stored this month, and enqueues the warning about its quota once a month. The new
 * counter of a new quota warns again.
 */
export async function saveMonthlyWrites(
  sql: Sql,
  orgId: string,
  { writes: stored, limit }: { readonly writes: number; readonly limit: number },
): Promise<void> {
  await sql.query(saving, [orgId, stored, limit]);
}
