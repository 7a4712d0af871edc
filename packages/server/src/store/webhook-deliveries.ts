// The table of webhook deliveries. A delivery is inserted by the statement that ends its job, or that changes what is stored.
import type { DeliveryId, JobId, WebhookId } from "@memlane/core";
import type { deliveryStates, WebhookEventWire } from "@memlane/core/internal";
import type { Sql } from "../database/database.ts";
import type { TraceHeaders } from "../tracing/trace-headers.ts";
import { newId } from "../base/new-id.ts";

type DeliveryState = (typeof deliveryStates)[number];

/** The event and the exact body of a delivery. */
export interface Notice {
  readonly event: WebhookEventWire["event"];
  readonly body: string;
}

/** A delivery as the log shows it. */
export interface Delivery {
  readonly id: DeliveryId;
  /** Null if the delivery is older than this column and its webhook was deleted. */
  readonly webhookId: WebhookId | null;
  /** Null unless the end of a job is the event. */
  readonly jobId: JobId | null;
  readonly event: WebhookEventWire["event"];
  readonly state: DeliveryState;
  readonly attempts: number;
  /** The status of the last attempt; null without an answer. */
  readonly responseStatus: number | null;
  /** Why the last attempt failed. */
  readonly error: string | null;
  /** Null unless an attempt is scheduled. */
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A leased delivery. */
export interface ClaimedDelivery {
  readonly id: DeliveryId;
  readonly orgId: string;
  readonly event: string;
  readonly body: string;
  readonly attempts: number;
  readonly leaseId: string;
  /** Null if its webhook is gone or not enabled; then `secret` is null, too. */
  readonly url: string | null;
  readonly secret: string | null;
  /** The trace of the job; null once the job is deleted. */
  readonly trace: TraceHeaders | null;
}

const columns = `id, webhook_id as "webhookId", job_id as "jobId", event, state, attempts, response_status as "responseStatus", error,
  case when state = 'pending' and lease_id is null then greatest(due_at, updated_at) end as "nextAttemptAt",
  created_at as "createdAt", updated_at as "updatedAt"`;

/** Only the claim with the lease may write. */
const leased = "id = $1 and lease_id = $2";

/** SQL: an id with the time of `id` and new random bits. */
const idLike = (id: string) => `(left(${id}::text, 19) || right(gen_random_uuid()::text, 17))::uuid`;

/** SQL: whether a webhook gets an event. */
export const wantsEvent = (event: string) => `webhook.enabled and webhook.events && array[${event}, '*']`;

/** What a delivery contains, in SQL: an id with its time, its event and its body. */
type DeliveryInSql = Readonly<Record<"id" | "event" | "body", string>>;

/**
 * SQL that enqueues a delivery to each of an organisation's webhooks for the event. `source` has ended jobs as `ended`, with
 * `org_id` and their columns. The body of a batch also gets its counts.
 */
export const enqueueDeliveries = (
  { id, event, body }: DeliveryInSql,
  source = "ended",
) => `insert into memlane.webhook_delivery (id, org_id, webhook_id, job_id, event, body)
    select ${idLike(id)}, ended.org_id, webhook.id, ended.id, ${event}, case ended.kind
      when 'batch' then (
        ${body}::jsonb || jsonb_build_object('received', received, 'imported', imported, 'failed', failed)
      )::text
      else ${body}
    end
    from ${source}
    join memlane.webhook on webhook.org_id = ended.org_id
    where ${event} is not null and ${wantsEvent(event)}`;

/**
 * Extends a statement that ends a job: it also enqueues deliveries. Both happen or neither. `endJob` must return `org_id` and
 * the columns of a job. `deliveryParameters` start at `$first`. `alsoFrom` is one more statement that reads from `ended`.
 */
export function withDelivery(endJob: string, first: number, alsoFrom?: string): string {
  const sent = { id: `$${first}::uuid`, event: `$${first + 1}::text`, body: `$${first + 2}::text` };
  return `with ended as (
    ${endJob}
  ), enqueued as (
    ${enqueueDeliveries(sent)}
  )${alsoFrom === undefined ? "" : `, also as (${alsoFrom})`}
  select * from ended`;
}

/** The parameters of `withDelivery`. Without a notice, no delivery is enqueued. */
export function deliveryParameters(notice: Notice | undefined): unknown[] {
  return [newId(), notice?.event ?? null, notice?.body ?? null];
}

/** Enqueues a delivery without a job to one of an organisation's webhooks. Undefined if there is no such webhook. */
export async function enqueueTest(
  sql: Sql,
  orgId: string,
  webhookId: WebhookId,
  { event, body }: Notice,
): Promise<Delivery | undefined> {
  const [enqueued] = await sql.query<Delivery>(
    `insert into memlane.webhook_delivery (id, org_id, webhook_id, event, body)
     select $1, org_id, id, $4, $5
     from memlane.webhook
     where id = $2 and org_id = $3
     returning ${columns}`,
    [newId(), webhookId, orgId, event, body],
  );
  return enqueued;
}

export interface DeliveryClaim {
  readonly limit: number;
  readonly leaseMs: number;
  /** The claim starts with the organisation after this one. */
  readonly after: string;
  /** The largest number of deliveries for each of these organisations. */
  readonly limitPerOrg: ReadonlyMap<string, number>;
  /** The largest number of deliveries for any other organisation. */
  readonly limitOfOthers: number;
}

/**
 * Claims due deliveries, one organisation after the other: first repeated attempts, then new
 * deliveries. Each gets a lease.
 */
export async function claimDeliveries(
  sql: Sql,
  { limit, leaseMs, after, limitPerOrg, limitOfOthers }: DeliveryClaim,
): Promise<ClaimedDelivery[]> {
  return sql.query<ClaimedDelivery>(
    {
      name: "claim deliveries",
      text: `with recursive orgs_after_cursor as (
       -- Loose index scan: one row per organisation, with its first due delivery.
       (
         select org_id, due_at
         from memlane.webhook_delivery
         where state = 'pending' and org_id > $3
         order by org_id, due_at
         limit 1
       )
       union all
       select next.*
       from orgs_after_cursor cross join lateral (
         select org_id, due_at
         from memlane.webhook_delivery
         where state = 'pending' and org_id > orgs_after_cursor.org_id
         order by org_id, due_at
         limit 1
       ) as next
     ), due_orgs as (
       select org_id, coalesce(org_limit.deliveries, $6) as org_limit
       from orgs_after_cursor
       left join unnest((select $4::text[]), (select $5::integer[])) as org_limit (org_id, deliveries) using (org_id)
       where due_at <= now()
     ), late as materialized (
       select org_id, org_limit, queue.*
       from due_orgs cross join lateral (
         select id, due_at
         from memlane.webhook_delivery
         where state = 'pending' and org_id = due_orgs.org_id and due_at > '-infinity' and due_at <= now()
         order by due_at, id
         limit org_limit
         for update skip locked
       ) as queue
     ), fresh as materialized (
       -- The order of new deliveries does not depend on the clock, which may be set back.
       select org_id, org_limit, queue.*
       from due_orgs cross join lateral (
         select id, due_at
         from memlane.webhook_delivery
         where state = 'pending' and org_id = due_orgs.org_id and due_at = '-infinity'
         order by due_at, id
         limit org_limit
         for update skip locked
       ) as queue
     ), locked as (
       select *, row_number() over (partition by org_id order by is_fresh, due_at, id) as rank
       from (
         select *, false as is_fresh from late
         union all
         select *, true from fresh
       ) as late_or_fresh
     ), granted as (
       select id
       from locked
       where rank <= org_limit
       order by org_id, rank
       limit (select $1::integer)
     ), claimed as (
       update memlane.webhook_delivery
       set
         attempts = attempts + 1,
         lease_id = gen_random_uuid(),
         due_at = now() + $2 * interval '1 millisecond'
       -- Passed as an array: with a subquery the planner overestimates the rows and scans the table.
       where id = any (array(select id from granted))
       returning id, org_id, webhook_id, job_id, event, body, attempts, lease_id
     )
     select claimed.id, claimed.org_id as "orgId", event, body, attempts, lease_id as "leaseId", url, secret,
       (select trace from memlane.job where job.id = job_id) as trace
     from claimed
     left join memlane.webhook on webhook.id = claimed.webhook_id and webhook.enabled
     order by claimed.org_id`,
    },
    [limit, leaseMs, after, [...limitPerOrg.keys()], [...limitPerOrg.values()], limitOfOthers],
  );
}

/** The outcome of an attempt. */
export interface AttemptRecord {
  readonly state: DeliveryState;
  /** The delay before the next attempt, in milliseconds; 0 if there is none. */
  readonly delayMs: number;
  readonly responseStatus: number | null;
  readonly error: string | null;
}

/** Records an attempt. */
export async function recordAttempt(
  sql: Sql,
  delivery: ClaimedDelivery,
  { state, delayMs, responseStatus, error }: AttemptRecord,
): Promise<void> {
  await sql.query(
    `update memlane.webhook_delivery
     set
       state = $3,
       due_at = now() + $4 * interval '1 millisecond',
       response_status = $5,
       error = $6,
       lease_id = null,
       updated_at = now()
     where ${leased}`,
    [delivery.id, delivery.leaseId, state, delayMs, responseStatus, error],
  );
}

/** Puts back a delivery whose attempt was interrupted: it is due at once, and the attempt does not count. */
export async function putBackDelivery(sql: Sql, delivery: ClaimedDelivery): Promise<void> {
  await sql.query(
    `update memlane.webhook_delivery
     set due_at = '-infinity', lease_id = null, attempts = attempts - 1
     where ${leased}`,
    [delivery.id, delivery.leaseId],
  );
}

/** Which deliveries to list. */
export interface DeliveryPage {
  /** @default any */
  readonly state?: DeliveryState | undefined;
  /** @default any */
  readonly webhookId?: WebhookId | undefined;
  readonly limit: number;
  /** The last delivery of the previous page. */
  readonly after?: DeliveryId | undefined;
}

/** A page of an organisation's deliveries, newest first. */
export async function listDeliveries(
  sql: Sql,
  orgId: string,
  { state, webhookId, limit, after }: DeliveryPage,
): Promise<Delivery[]> {
  return sql.query<Delivery>(
    `select ${columns}
     from memlane.webhook_delivery
     where org_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or id < $3)
       and ($5::uuid is null or webhook_id = $5)
     order by id desc
     limit $4`,
    [orgId, state ?? null, after ?? null, limit, webhookId ?? null],
  );
}

/** Makes a delivery due again, with its attempts counted from 0. While an attempt is running, it changes only `updated_at`. */
export async function replayDelivery(sql: Sql, orgId: string, id: DeliveryId): Promise<Delivery | undefined> {
  const [found] = await sql.query<Delivery>(
    `update memlane.webhook_delivery
     set
       state = 'pending',
       due_at = case when lease_id is null then '-infinity' else due_at end,
       attempts = case when lease_id is null then 0 else attempts end,
       updated_at = now()
     where id = $1 and org_id = $2
     returning ${columns}`,
    [id, orgId],
  );
  return found;
}

/** Deletes up to `limit` deliveries that ended more than `keepMs` ago. Returns how many. */
export async function deleteEndedDeliveries(sql: Sql, keepMs: number, limit: number): Promise<number> {
  const rows = await sql.query(
    `delete from memlane.webhook_delivery
     where id in (
       select id
       from memlane.webhook_delivery
       where state <> 'pending' and updated_at < now() - $1 * interval '1 millisecond'
       order by updated_at
       limit $2
       for update skip locked
     )
     returning id`,
    [keepMs, limit],
  );
  return rows.length;
}
