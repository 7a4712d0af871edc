// The table of audit events. It contains ids and numbers, and no content.
import type { Uuid } from "@memlane/core";
import type { AuditEvent, AuditAction } from "@memlane/core/internal";
import { printJsonArray } from "../database/json-array.ts";
import type { Sql } from "../database/database.ts";

/** Which key sent a request, for `meta`: one of the organisation, or an operator's of another. */
export type SentBy = { readonly key: string } | { readonly operator_key: string };

/** An event to store. */
export type NewAuditEvent = Omit<AuditEvent, "id" | "at"> & {
  readonly id: Uuid;
  readonly orgId: string;
  /** @default now */
  readonly at?: Date;
};

/** Stores events in one statement. Events of organisations that no longer exist are left out. */
export async function insertAuditEvents(sql: Sql, events: readonly NewAuditEvent[]): Promise<void> {
  await sql.query(
    {
      name: "insert audit events",
      text: `insert into memlane.audit_event (id, org_id, at, actor, action, result, user_id, target_id, meta, ip, read)
     select event.id, org_id, coalesce(at, now()), actor, action, result, user_id, target_id, meta, ip, read
     from unnest(
       $1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[],
       $10::text[], $11::jsonb[]
     ) as event (id, org_id, at, actor, action, result, user_id, target_id, meta, ip, read)
     join memlane.org on org.id = org_id
     on conflict (id) do nothing`,
    },
    [
      events.map(({ id }) => id),
      events.map(({ orgId }) => orgId),
      events.map(({ at }) => at ?? null),
      events.map(({ actor }) => actor),
      events.map(({ action }) => action),
      events.map(({ result }) => result),
      events.map(({ userId }) => userId),
      events.map(({ targetId }) => targetId),
      printJsonArray(events.map(({ meta }) => JSON.stringify(meta))),
      events.map(({ ip }) => ip),
      printJsonArray(events.map(({ read }) => (read === null ? undefined : JSON.stringify(read)))),
    ],
  );
}

/** Which events to list. A missing field allows every value. */
export interface AuditFilter {
  readonly userId?: string | undefined;
  readonly action?: AuditAction | undefined;
  /** Inclusive, like `until`. */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

const columns = `id, at, actor, action, result, user_id as "userId", target_id as "targetId", meta, ip, read`;

const where = `org_id = $1 and ($2::text is null or user_id = $2) and ($3::text is null or action = $3)
  and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at <= $5)`;

const parametersOf = (orgId: string, { userId, action, since, until }: AuditFilter) => [
  orgId,
  userId ?? null,
  action ?? null,
  since ?? null,
  until ?? null,
];

/** Events from `offset` on, newest first. */
export async function listAuditEvents(
  sql: Sql,
  orgId: string,
  filter: AuditFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<AuditEvent[]> {
  return sql.query<AuditEvent>(
    `select ${columns} from memlane.audit_event where ${where} order by at desc, id desc limit $6 offset $7`,
    [...parametersOf(orgId, filter), limit, offset],
  );
}

/** A larger number of events is not counted, because counting takes time. */
const mostCounted = 100_000;

/** How many events match a filter, up to 100,000. */
export async function countAuditEvents(sql: Sql, orgId: string, filter: AuditFilter): Promise<number> {
  const [row] = await sql.query<{ total: number }>(
    `select count(*)::integer as total from (select from memlane.audit_event where ${where} limit $6) as counted`,
    [...parametersOf(orgId, filter), mostCounted],
  );
  return row!.total;
}

/** Deletes up to `limit` events that are older than `days` days. Returns how many. */
export async function deleteOldAuditEvents(sql: Sql, days: number, limit: number): Promise<number> {
  const rows = await sql.query(
    `delete from memlane.audit_event
     where id = any (array(
       select id from memlane.audit_event where at < now() - $1 * interval '1 day' order by at limit $2 for update skip locked
     ))
     returning id`,
    [days, limit],
  );
  return rows.length;
}
