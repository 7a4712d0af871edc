// Events that are not about jobs. The statement that changes what is stored also enqueues their deliveries: both happen or neither.
import { factIds, memoryIds, type DataEventWire } from "@memlane/core";
import { isActive } from "./active-memory.ts";
import { isBatchMemory } from "./is-batch-memory.ts";
import { wantsEvent } from "./webhook-deliveries.ts";

/** SQL: a UUIDv7 of now, because the log of deliveries has the order of their ids. */
const newDeliveryId = `(
      lpad(to_hex((1000 * extract(epoch from clock_timestamp()))::bigint), 12, '0')
      || '7' || right(replace(gen_random_uuid()::text, '-', ''), 19)
    )::uuid`;

/** SQL: an id in the spelling of its codec. */
const printed = ({ prefix }: { readonly prefix: string }, id: string) =>
  `'${prefix}' || replace(${id}::text, '-', '')`;

/** SQL: an instant in the format of `Date.toISOString`. */
const instant = (time: string) => `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

type DataOf<Name extends DataEventWire["event"]> = Extract<DataEventWire, { readonly event: Name }>["data"];

/** What deliveries are made from, in SQL. */
interface EventSource<Name extends DataEventWire["event"]> {
  /** The parameter with the organisation. */
  readonly org: string;
  /** A query for rows. Each row causes one event. */
  readonly rows: string;
  /** The id of a row's memory, or null. The delivery is deleted with the memory. */
  readonly memoryId: string;
  /** The fields of the event. */
  readonly data: Readonly<Record<keyof DataOf<Name>, string>>;
}

/** SQL that enqueues a delivery for each webhook that wants the event, and each row. Without such a webhook, it reads no row. */
function enqueue<Name extends DataEventWire["event"]>(
  event: Name,
  { org, rows, memoryId, data }: EventSource<Name>,
): string {
  const fields = Object.entries<string>(data).map(([name, value]) => `'${name}', ${value}`);
  return `insert into memlane.webhook_delivery (id, org_id, webhook_id, memory_id, event, body)
    select
      ${newDeliveryId}, webhook.org_id, webhook.id, ${memoryId}, '${event}',
      json_build_object('event', '${event}', 'data', json_build_object(${fields.join(", ")}))::text
    from memlane.webhook cross join (${rows}) as source
    where webhook.org_id = ${org} and ${wantsEvent(`'${event}'`)}`;
}

/**
 * SQL that enqueues `memory.created` for new memories of the batch dialect. It reads them from `stored`, a part of the same
 * statement, which has all columns of the new rows of the organisation `$1`. It leaves out facts that had ended before they were stored.
 */
export const enqueueCreated = enqueue("memory.created", {
  org: "$1",
  rows: `select * from stored where ${isBatchMemory} and ${isActive}`,
  memoryId: "source.id",
  data: { id: printed(memoryIds, "source.id"), user_id: "source.user_id", agent_id: "source.agent_id" },
});

/**
 * SQL that enqueues `fact.invalidated` for the rows of a table `ended` that were active facts. It must be part of the statement that
 * ends them, because it reads them as they were before. The table has their `id` and their new `invalid_at` and `superseded_by`.
 */
export const enqueueInvalidated = (ended: string, org: string) =>
  enqueue("fact.invalidated", {
    org,
    rows: `select id, invalid_at, superseded_by
      from ${ended}
      where id in (
        select id
        from memlane.memory
        where id = any (array(select id from ${ended})) and subject is not null and ${isActive}
      )`,
    memoryId: "source.id",
    data: {
      fact_id: printed(factIds, "source.id"),
      invalidated_by: printed(factIds, "source.superseded_by"),
      at: instant("source.invalid_at"),
    },
  });

/** SQL that enqueues `quota.warning` if a condition is true. `used` and `limit` are whole numbers of memories. */
export const enqueueQuotaWarning = ({
  org,
  used,
  limit,
  condition,
}: Readonly<Record<"org" | "used" | "limit" | "condition", string>>) =>
  enqueue("quota.warning", {
    org,
    rows: `select where ${condition}`,
    memoryId: "null",
    data: { used, limit, percent: `100 * ${used} / ${limit}` },
  });
