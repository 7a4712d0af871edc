// How facts follow each other: which one replaced which, and when each was said.
import type { MemoryId } from "@memlane/core";
import type { Memory } from "@memlane/core/internal";
import type { Prepared, Sql } from "../database/database.ts";
import { bytes, columns } from "./memory-columns.ts";
import { enqueueInvalidated } from "./memory-events.ts";
import { readPage, type Page } from "./page-by-bytes.ts";

/** SQL: when a memory was first said. */
export const firstSaidAt = "least(coalesce(occurred_at, created_at), last_said_at)";

/** A memory to retire, and the memory that takes its place. */
export interface Retirement {
  readonly id: MemoryId;
  readonly status: Exclude<Memory["status"], "active">;
  readonly superseded_by: MemoryId;
  readonly invalid_at: string;
}

// The ids are also an array: of records in JSON the planner expects a hundred and scans the table.
const idsOf = (changes: readonly { readonly id: MemoryId }[]) => changes.map(({ id }) => id);

const retirement: Prepared = {
  name: "retire memories",
  text: `with ended as (
      update memlane.memory
      set
        status = retired.status,
        superseded_by = retired.superseded_by,
        invalid_at = retired.invalid_at,
        updated_at = now()
      from jsonb_to_recordset($2) as retired (id uuid, status text, superseded_by uuid, invalid_at timestamptz)
      where org_id = $1 and memory.id = any ($3) and memory.id = retired.id
      returning memory.id, memory.invalid_at, memory.superseded_by
    )
    ${enqueueInvalidated("ended", "$1")}`,
};

/** Retires memories, or links retired memories to an earlier successor. They are kept as history. */
export async function retireMemories(sql: Sql, orgId: string, retired: readonly Retirement[]): Promise<void> {
  if (retired.length > 0) await sql.query(retirement, [orgId, JSON.stringify(retired), idsOf(retired)]);
}

/** A memory that has a new predecessor. */
export interface Succession {
  readonly id: MemoryId;
  readonly supersedes: MemoryId;
  /** Stored predecessors that the new one replaces, because they come before it. */
  readonly instead_of: readonly MemoryId[];
}

/** Sets the predecessors of memories. A predecessor that is not in `instead_of` is kept. */
export async function linkSuccessors(
  sql: Sql,
  orgId: string,
  successions: readonly Succession[],
): Promise<void> {
  if (successions.length === 0) return;
  await sql.query(
    `update memlane.memory
     set supersedes = succession.supersedes
     from jsonb_to_recordset($2) as succession (id uuid, supersedes uuid, instead_of uuid[])
     where org_id = $1 and memory.id = any ($3) and memory.id = succession.id
       and (memory.supersedes is null or memory.supersedes = any(instead_of))`,
    [orgId, JSON.stringify(successions), idsOf(successions)],
  );
}

/** A memory that was said again: before, between or after the times that are stored. */
export interface Repetition {
  readonly id: MemoryId;
  readonly said_at: string;
  /** Whether `said_at` comes from a date of the client. */
  readonly is_dated: boolean;
}

const repetition: Prepared = {
  name: "repeat memories",
  text: `update memlane.memory
    set
      last_said_at = greatest(last_said_at, last),
      occurred_at = least(occurred_at, first),
      valid_from = least(valid_from, first),
      -- Without dates, the client may have sent the same conversation again.
      observation_count = observation_count + (first is not null)::integer
    from (
      select id, max(said_at) as last, min(said_at) filter (where is_dated) as first
      from jsonb_to_recordset($2) as said (id uuid, said_at timestamptz, is_dated boolean)
      group by id
    ) as repeated
    where org_id = $1 and memory.id = any ($3) and memory.id = repeated.id and (last > last_said_at or first < ${firstSaidAt})`,
};

/** Stores when memories were said again. A memory whose first and last time stay the same is not written. */
export async function repeatMemories(
  sql: Sql,
  orgId: string,
  repeated: readonly Repetition[],
): Promise<void> {
  if (repeated.length > 0) await sql.query(repetition, [orgId, JSON.stringify(repeated), idsOf(repeated)]);
}

/** A memory and all its older and newer revisions, by the time they were first said. Empty if there is no such memory. */
export async function listRevisions(
  sql: Sql,
  orgId: string,
  id: MemoryId,
  limit: number,
): Promise<Page<Memory>> {
  const revisions = `with recursive revision as (
       select id, superseded_by
       from memlane.memory
       where org_id = $1 and id = $2
       union
       select other.id, other.superseded_by
       from revision
       join memlane.memory as other on other.superseded_by = revision.id or other.id = revision.superseded_by
       where other.org_id = $1
     )
     select id from revision`;
  const select = `select ${columns}, ${bytes}, ${firstSaidAt} as first_said_at
    from memlane.memory
    where id = any (array(${revisions}))`;
  const order = { direction: "asc", orderBy: "first_said_at" } as const;
  return readPage<Memory>(sql, { select, parameters: [orgId, id], ...order, limit });
}
