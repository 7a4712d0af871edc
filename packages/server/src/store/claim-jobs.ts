import type { Prepared, Sql } from "../database/database.ts";
import type { ClaimedJob } from "./leased-jobs.ts";
import { withAttempt } from "./attempt-log.ts";
import { guard } from "./job-state-guard.ts";

const enough = "greatest($1::bigint, 100)";

/**
 * A loose index scan: one row per organisation, with its first due job. It stops after `enough`
 * organisations with a due job; `seen` is the number already counted.
 */
const orgsWithJobs = (name: string, range: string, seen: string) => `${name} as (
    (
      select org_id, due_at, ${seen} + (due_at <= now())::integer as due
      from memlane.job
      where ${guard("claim")} and ${range} and ${seen} < ${enough}
      order by org_id, due_at
      limit 1
    )
    union all
    select next.*, due + (next.due_at <= now())::integer
    from ${name} cross join lateral (
      select org_id, due_at
      from memlane.job
      where ${guard("claim")} and ${range} and org_id > ${name}.org_id
      order by org_id, due_at
      limit 1
    ) as next
    where due < ${enough}
  )`;

const largeBytes = 2 * 1024 * 1024;

/**
 * The request, if it is not large. The compressed size is checked first, because that is cheap and
 * decides for most requests.
 */
const smallRequest = (job: string) =>
  `case
      when pg_column_size(${job}.request) < ${largeBytes / 64} or octet_length(${job}.request::text) <= ${largeBytes}
      then ${job}.request
    end`;

const lost = "the worker was lost while it ran this job";
const lostError = `jsonb_build_object('code', 'server_error', 'message', '${lost}')`;

// Jobs without a delay are due at '-infinity', in the order of their ids, so their order does not
// depend on the clock. Jobs whose delay or lease has run out are older and come first.
const claim: Prepared = {
  name: "claim jobs",
  text: `with recursive ${orgsWithJobs("orgs_after_cursor", "org_id > $3", "0")},
  ${orgsWithJobs("orgs_up_to_cursor", "org_id <= $3", "(select coalesce(max(due), 0) from orgs_after_cursor)")},
  waiting_orgs as (
    select * from orgs_after_cursor
    union all
    select * from orgs_up_to_cursor
  ), least_busy_orgs as (
    -- Only these organisations can have a job with one of the first $1 ranks.
    select org_id, running, due
    from waiting_orgs cross join lateral (
      select count(*) as running
      from memlane.job
      where org_id = waiting_orgs.org_id and lease_id is not null and due_at > now()
    ) as leased
    where due_at <= now()
    order by running, due
    limit (select $1::bigint)
  ), ranked as (
    -- Rank = running jobs of the organisation + position in its queue. The lowest rank is claimed first.
    select org_id, due
    from (
      select org_id, running + row_number() over (partition by org_id) as rank, due
      from least_busy_orgs cross join lateral (
        select from memlane.job
        where org_id = least_busy_orgs.org_id and ${guard("claim")} and due_at <= now()
        order by due_at
        limit (select $1::bigint)
      ) as queue
    ) as candidate
    order by rank, due
    limit (select $1::bigint)
  ), granted_per_org as (
    select org_id, count(*) as jobs
    from ranked
    group by org_id
  ), late as materialized (
    select queue.*
    from granted_per_org cross join lateral (
      select id, org_id
      from memlane.job
      where org_id = granted_per_org.org_id and ${guard("claim")} and due_at > '-infinity' and due_at <= now()
      order by due_at, id
      limit granted_per_org.jobs
      for update skip locked
    ) as queue
  ), fresh as materialized (
    select queue.id
    from granted_per_org cross join lateral (
      select id
      from memlane.job
      where org_id = granted_per_org.org_id and ${guard("claim")} and due_at = '-infinity'
      order by due_at, id
      limit granted_per_org.jobs - (select count(*) from late where late.org_id = granted_per_org.org_id)
      for update skip locked
    ) as queue
  )
  update memlane.job
  set
    updated_at = case state when 'active' then updated_at else now() end,
    state = 'active',
    -- If a lease ran out, this job or another job of the same worker may have crashed the worker.
    -- The attempt is not counted, and the job runs alone.
    suspect = suspect or lease_id is not null,
    attempts = attempts + case when suspect then 0 when lease_id is null then 1 else -1 end,
    interruptions = interruptions + (lease_id is not null and not suspect)::integer,
    last_error = case when lease_id is null then last_error else '${lost}' end,
    attempt_log = case when lease_id is null then attempt_log else ${withAttempt("lost", { error: lostError })} end,
    attempt_started_at = case when lease_id is null then coalesce(attempt_started_at, now()) else now() end,
    waited_ms = coalesce(waited_ms, extract(epoch from now() - created_at) * 1000),
    lease_id = gen_random_uuid(),
    due_at = now() + $2 * interval '1 millisecond'
  -- Passed as an array: with a subquery the planner overestimates the rows and scans the table.
  where id = any (array(select id from late union all select id from fresh))
  returning
    id, org_id as "orgId", kind, request_of as "requestOf", attempts, interruptions, suspect as "isSuspect",
    coalesce(
      ${smallRequest("job")},
      (select ${smallRequest("original")} from memlane.job as original where original.id = job.request_of)
    ) as request,
    updated_at = now() as "isFirstClaim",
    lease_id as "leaseId",
    trace,
    (select org_id from ranked order by due desc limit 1) as "claimedThrough"`,
};

/**
 * Claims up to `limit` due jobs: new jobs, and jobs whose delay or lease has run out. Each gets a
 * lease of `leaseMs`. Each claim goes to the organisation with the fewest running jobs, and among
 * equals to the next after `cursor`.
 *
 * A request of more than 2 MiB is not included: `readRequest` reads it.
 *
 * If more than a hundred organisations have a due job, it compares the first hundred after
 * `cursor`, or `limit` if that is more.
 */
export async function claimJobs(
  sql: Sql,
  limit: number,
  leaseMs: number,
  cursor = "",
): Promise<ClaimedJob[]> {
  return sql.query<ClaimedJob>(claim, [limit, leaseMs, cursor]);
}
