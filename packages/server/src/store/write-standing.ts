// How much of its month's quota an organisation has used, and how many agents it has.
import type { Prepared, Sql } from "../database/database.ts";
import type { Limits } from "./limits.ts";

/** What an organisation has stored. */
export interface WriteStanding {
  /** Memories of this month; 0 if there is no quota. */
  readonly writes: number;
  /** What unfinished batches, which were accepted as a whole, may still store; 0 if there is no quota. */
  readonly promisedWrites: number;
  /** Agents that have memories; 0 if there is no cap. */
  readonly agents: number;
  /** Those of the agents in question that have memories. */
  readonly knownAgents: ReadonlySet<string>;
}

/** An organisation, and the agents that it wants to store something for. */
export interface WriteQuestion {
  readonly orgId: string;
  readonly limits: Limits;
  readonly agentIds: readonly (string | null)[];
}

/** The first day of the month, by UTC. */
const month = "date_trunc('month', now() at time zone 'UTC')::date";

/** The least id of this month: ids are UUIDv7, which begin with the milliseconds since 1970. */
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
    where org_id = org.id and id >= ${firstId}
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
  name: "read write standings",
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

/** Reads where organisations stand; what no limit asks for is 0. Exact while the organisations are locked. */
export async function readWriteStandings(
  sql: Sql,
  questions: readonly WriteQuestion[],
): Promise<Map<string, WriteStanding>> {
  const asked = questions
    .filter(({ limits }) => limits.agents !== null)
    .flatMap(({ orgId, agentIds }) =>
      [...new Set(agentIds)].flatMap((agentId) => (agentId === null ? [] : { orgId, agentId })),
    );
  const rows = await sql.query<Omit<WriteStanding, "knownAgents"> & { orgId: string; knownAgents: string[] }>(
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

/** Saves how many memories an organisation has stored this month. */
export async function saveMonthlyWrites(sql: Sql, orgId: string, count: number): Promise<void> {
  await sql.query(
    `insert into memlane.monthly_writes (org_id, month, writes)
     values ($1, ${month}, $2)
     on conflict (org_id, month) do update set writes = excluded.writes`,
    [orgId, count],
  );
}
