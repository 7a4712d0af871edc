// The table of unfinished erasures.
import type { Uuid } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import type { SentBy } from "./audit-events.ts";

/** What an erasure erases: everything of a user, of an agent, or of the organisation. */
type ErasureScope =
  | { readonly kind: "user" | "agent"; readonly name: string }
  | { readonly kind: "organisation"; readonly name: null };

/**
 * SQL: whether a row is in the scope of the erasure. The parameter is the name of the user or agent. For an organisation it is
 * null, and it occurs only because PostgreSQL must know the type of each parameter. `valueOf` reads `user_id` or `agent_id` from
 * the row.
 */
export const isInScope = (
  { kind }: Pick<ErasureScope, "kind">,
  parameter: string,
  valueOf = (column: string) => column,
) => (kind === "organisation" ? `${parameter}::text is null` : `${valueOf(`${kind}_id`)} = ${parameter}`);

/**
 * SQL: whether a row was sent before the erasure, whose time is a parameter. That is also true for a row that was stored after the
 * request, if the job that stored it was sent before.
 */
export const isSentBefore = (parameter: string) => `(created_at <= ${parameter}::timestamptz
    or (select job.created_at from memlane.job where job.id = job_id) <= ${parameter}::timestamptz)`;

/** The steps of an erasure, in their order. Jobs come first, because they would store memories again. */
export type ErasurePhase = "jobs" | "messages" | "memories";

/** How many rows of each kind were erased. */
export interface ErasureCounts {
  /** Memories other than facts. */
  readonly memories: number;
  readonly facts: number;
  /** Messages of episodes. */
  readonly messages: number;
  /** Jobs that were ended or lost their texts. */
  readonly jobs: number;
  /** Webhook deliveries, sent or not. */
  readonly deliveries: number;
}

/** An unfinished erasure. */
export type Erasure = ErasureScope & {
  readonly id: Uuid;
  readonly orgId: string;
  /** The client's IP address. */
  readonly ip: string | null;
  readonly sentBy: SentBy | null;
  /** What was sent later is not erased. A text, because a `Date` has no microseconds. */
  readonly requestedAt: string;
  readonly phase: ErasurePhase;
  /** The last row that the phase has read; null at its start. */
  readonly through: Uuid | null;
  readonly counts: Partial<ErasureCounts>;
};

/** How long the process of an erasure may take for a step before another process takes over, in milliseconds. */
const leaseMs = 30_000;

const columns = `id, org_id as "orgId", kind, name, ip, sent_by as "sentBy", requested_at::text as "requestedAt", phase, through, counts`;

/** An erasure to store. */
export interface NewErasure {
  readonly id: Uuid;
  readonly orgId: string;
  readonly scope: ErasureScope;
  /** The client's IP address. */
  readonly ip: string | null;
  readonly sentBy: SentBy | null;
}

/** Stores an erasure. This process has `leaseMs` for each step. */
export async function insertErasure(sql: Sql, { id, orgId, scope, ip, sentBy }: NewErasure): Promise<void> {
  await sql.query(
    `insert into memlane.erasure (id, org_id, kind, name, ip, sent_by, due_at)
     values ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 millisecond')`,
    [id, orgId, scope.kind, scope.name, ip, sentBy && JSON.stringify(sentBy), leaseMs],
  );
}

/** Locks an erasure for one step. Undefined if it is finished. */
export async function lockErasure(sql: Sql, orgId: string, id: Uuid): Promise<Erasure | undefined> {
  const [erasure] = await sql.query<Erasure>(
    `select ${columns} from memlane.erasure where id = $1 and org_id = $2 for update`,
    [id, orgId],
  );
  return erasure;
}

/** Saves how far an erasure is. */
export async function saveErasure(
  sql: Sql,
  { id, orgId, phase, through, counts }: Pick<Erasure, "id" | "orgId" | "phase" | "through" | "counts">,
): Promise<void> {
  await sql.query(
    `update memlane.erasure
     set phase = $3, through = $4, counts = $5, due_at = now() + $6 * interval '1 millisecond'
     where id = $1 and org_id = $2`,
    [id, orgId, phase, through, JSON.stringify(counts), leaseMs],
  );
}

/** Deletes a finished erasure. */
export async function deleteErasure(sql: Sql, orgId: string, id: Uuid): Promise<void> {
  await sql.query("delete from memlane.erasure where id = $1 and org_id = $2", [id, orgId]);
}

/** Takes over an erasure whose process has stopped, of any organisation. Undefined if there is none. */
export async function takeOverErasure(sql: Sql): Promise<Pick<Erasure, "id" | "orgId"> | undefined> {
  const [taken] = await sql.query<Pick<Erasure, "id" | "orgId">>(
    `update memlane.erasure
     set due_at = now() + $1 * interval '1 millisecond'
     where id = (
       select id from memlane.erasure where due_at <= now() order by due_at limit 1 for update skip locked
     )
     returning id, org_id as "orgId"`,
    [leaseMs],
  );
  return taken;
}
