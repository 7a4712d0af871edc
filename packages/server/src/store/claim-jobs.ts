import type { Prepared, Sql } from "../database/database.ts";
import type { ClaimedJob } from "./held-jobs.ts";
import { guard } from "./job-guard.ts";

const enough = "greatest($1::bigint, 100)";

/**
 * The organisations that wait, from one to the next in the index however many jobs lie between, until enough of them have a
 * job that is due; `seen` of those were seen before.
 */
const walk = (name: string, within: string, seen: string) => `${name} as (
    (select org_id, due_at, ${seen} + (due_at <= now())::integer as due from memlane.job
     where ${guard("claim")} and ${within} and ${seen} < ${enough} order by org_id, due_at limit 1)
    union all
    select next.*, due + (next.due_at <= now())::integer from ${name} cross join lateral (
      select org_id, due_at from memlane.job where ${guard("claim")} and ${within} and org_id > ${name}.org_id
      order by org_id, due_at limit 1
    ) as next where due < ${enough}
  )`;

// The place of a candidate is how many jobs of its organisation would run with it, so the claim goes to who has least; of two
// that have as little, to who is next in a round that goes on where the last claim came to. A claim looks at so many that
// have a job due and no more, or it would take longer the more of them wait. Only the organisations at the front can have
// one of the first `limit` places. The look at the places takes no locks; then each organisation's share is taken from the
// head of its line. What was taken is an array to the update, since of a subquery the planner expects more rows than a
// claim has, and reads the whole table.
const claim: Prepared = {
  name: "claim jobs",
  text: `with recursive ${walk("ahead", "org_id > $3", "0")},
  ${walk("around", "org_id <= $3", "(select coalesce(max(due), 0) from ahead)")}, waiting as (
    select * from ahead union all select * from around
  ), front as (
    select org_id, running, due from waiting cross join lateral (
      select count(*) as running from memlane.job
      where org_id = waiting.org_id and lease_id is not null and due_at > now()
    ) as held
    where due_at <= now() order by running, due limit (select $1::bigint)
  ), place as (
    select org_id, due from (
      select org_id, running + row_number() over (partition by org_id order by line.due_at) as place, due
      from front cross join lateral (
        select due_at from memlane.job
        where org_id = front.org_id and ${guard("claim")} and due_at <= now() order by due_at limit (select $1::bigint)
      ) as line
    ) as candidate
    order by place, due limit (select $1::bigint)
  ), share as (
    select org_id, count(*) as jobs from place group by org_id
  ), taken as materialized (
    select line.id, was_lost from share cross join lateral (
      select id, lease_id is not null as was_lost from memlane.job
      where org_id = share.org_id and ${guard("claim")} and due_at <= now()
      order by due_at, id limit share.jobs for update skip locked
    ) as line
  )
  update memlane.job
  set updated_at = case state when 'active' then updated_at else now() end, state = 'active',
    attempts = attempts + 1, lease_id = gen_random_uuid(), due_at = now() + $2 * interval '1 millisecond'
  where id = any (array(select id from taken))
  returning id, org_id as "orgId", kind, request_of as "requestOf", attempts,
    coalesce(request, (select request from memlane.job as holder where holder.id = job.request_of)) as request,
    updated_at = now() as "isFirstClaim", id in (select id from taken where was_lost) as "wasLost", lease_id as "leaseId", trace,
    (select org_id from place order by due desc limit 1) as "claimedThrough"`,
};

/**
 * Claims up to `limit` jobs that are due: new ones, and ones whose worker let its lease run out. Each goes to the
 * organisation that has the fewest jobs running, of those with as few to the next in the round of organisations that begins
 * behind `behind`, and within one to the job that waits longest. The claim is a lease of `leaseMs`.
 *
 * Of more than a hundred organisations with a job that is due it looks at the first hundred of the round, or at `limit`.
 */
export async function claimJobs(
  sql: Sql,
  limit: number,
  leaseMs: number,
  behind = "",
): Promise<ClaimedJob[]> {
  return sql.query<ClaimedJob>(claim, [limit, leaseMs, behind]);
}
