// The table of memories.
import type { JobId, MemoryId, MemoryType } from "@memlane/core";
import type { JsonObject, Memory, Tense } from "@memlane/core/internal";
import type { Prepared, Sql } from "../database/database.ts";
import { readPage, type Page } from "./page-by-bytes.ts";

/** A memory to store. Missing fields are stored as null or empty. */
export interface NewMemory {
  readonly id: MemoryId;
  readonly type: MemoryType;
  readonly text: string;
  readonly status?: Memory["status"];
  readonly user_id?: string | null;
  readonly agent_id?: string | null;
  readonly app_id?: string | null;
  readonly conversation_id?: string | null;
  readonly run_id?: string | null;
  readonly metadata?: JsonObject | null;
  readonly fact_type?: string | null;
  readonly slot?: string | null;
  readonly fingerprint?: string | null;
  readonly supersedes?: MemoryId | null;
  readonly superseded_by?: MemoryId | null;
  readonly source_role?: string | null;
  readonly source_event_ids?: readonly string[];
  readonly occurred_at?: string | null;
  readonly valid_from?: string | null;
  readonly invalid_at?: string | null;
  readonly tense?: Tense | null;
  /** When it was last said. @default `occurred_at`, or else now */
  readonly last_said_at?: string | null;
  /** The ingest job that makes the memory. */
  readonly job_id?: JobId;
}

/** The columns of a memory, as every list and search returns them. */
export const columns = `id, type, text, status, user_id as "userId", agent_id as "agentId", app_id as "appId",
  conversation_id as "conversationId", run_id as "runId", metadata, categories, fact_type as "factType",
  supersedes, source_role as "sourceRole", source_event_ids as "sourceEventIds",
  occurred_at as "occurredAt", valid_from as "validFrom", invalid_at as "invalidAt", tense,
  (select episode_id from memlane.memory_source join memlane.message on message.id = message_id where memory_id = memory.id limit 1)
    as "episodeId",
  created_at as "createdAt", updated_at as "updatedAt"`;

/** The fields of an episode, or of one of its messages, as a memory. */
export const wordsAsMemory = {
  type: "episode",
  status: "active",
  runId: null,
  metadata: {},
  categories: [],
  factType: null,
  supersedes: null,
  validFrom: null,
  invalidAt: null,
  tense: null,
  sourceRole: null,
} as const satisfies Partial<Memory>;

const insertion: Prepared = {
  name: "insert memories",
  text: `insert into memlane.memory (
      org_id, id, type, text, status, user_id, agent_id, app_id, conversation_id, run_id,
      metadata, fact_type, slot, fingerprint, supersedes, superseded_by, source_role, source_event_ids, job_id,
      occurred_at, valid_from, invalid_at, tense, last_said_at
    )
    select
      $1, id, type, text, coalesce(status, 'active'), user_id, agent_id, app_id, conversation_id, run_id,
      coalesce(metadata, '{}'), fact_type, slot, fingerprint, supersedes, superseded_by, source_role,
      coalesce(source_event_ids, '{}'), job_id,
      occurred_at, valid_from, invalid_at, tense, coalesce(last_said_at, occurred_at, now())
    from jsonb_to_recordset($2) as memory (
      id uuid, type text, text text, status text, user_id text, agent_id text, app_id text, conversation_id text, run_id text,
      metadata jsonb, fact_type text, slot text, fingerprint text, supersedes uuid, superseded_by uuid, source_role text,
      source_event_ids text[], job_id uuid,
      occurred_at timestamptz, valid_from timestamptz, invalid_at timestamptz, tense text, last_said_at timestamptz
    )
    returning ${columns}`,
};

/** Stores memories in one statement. */
export async function insertMemories(
  sql: Sql,
  orgId: string,
  memories: readonly NewMemory[],
): Promise<Memory[]> {
  if (memories.length === 0) return [];
  return sql.query<Memory>(insertion, [orgId, JSON.stringify(memories)]);
}

/** One organisation's memory. */
export async function readMemory(sql: Sql, orgId: string, id: MemoryId): Promise<Memory | undefined> {
  const [memory] = await sql.query<Memory>(
    `select ${columns} from memlane.memory where id = $1 and org_id = $2`,
    [id, orgId],
  );
  return memory;
}

/** One organisation's memories with these ids, in any order. Unknown ids are left out. */
export async function readMemories(sql: Sql, orgId: string, ids: readonly MemoryId[]): Promise<Memory[]> {
  if (ids.length === 0) return [];
  return sql.query<Memory>(`select ${columns} from memlane.memory where id = any($1) and org_id = $2`, [
    ids,
    orgId,
  ]);
}

/**
 * Deletes a memory permanently, and its text in the result of the job that made it. Links the older revision to the newer one.
 * False if there is no such memory.
 */
export async function deleteMemory(sql: Sql, orgId: string, id: MemoryId): Promise<boolean> {
  const rows = await sql.query(
    `with deleted as (
       delete from memlane.memory
       where id = $1 and org_id = $2
       returning id, supersedes, superseded_by, job_id
     ), older_revisions as (
       update memlane.memory as memory
       set superseded_by = deleted.superseded_by
       from deleted
       where memory.superseded_by = deleted.id
     ), newer_revision as (
       update memlane.memory as memory
       set supersedes = deleted.supersedes
       from deleted
       where memory.id = deleted.superseded_by and memory.supersedes = deleted.id
     ), job_result as (
       update memlane.job
       set result = jsonb_set(result::jsonb, '{created}', (
         select coalesce(
           jsonb_agg(
             case reference ->> 'id' when $1::text then reference || '{"text": ""}' else reference end
             order by position
           ),
           '[]'
         )
         from jsonb_array_elements(result::jsonb -> 'created') with ordinality as created (reference, position)
       ))
       from deleted
       where job.id = deleted.job_id and job.org_id = $2 and job.result is not null
     )
     select id from deleted`,
    [id, orgId],
  );
  return rows.length > 0;
}

/** Which memories to list or to search. A missing field allows every value. */
export interface MemoryFilter {
  readonly userId?: string | null | undefined;
  readonly agentId?: string | null | undefined;
  readonly appId?: string | null | undefined;
  readonly conversationId?: string | null | undefined;
  readonly runId?: string | null | undefined;
  readonly types?: readonly MemoryType[] | null | undefined;
  readonly status?: Memory["status"];
  /** Memories whose metadata contain all of this. */
  readonly metadata?: JsonObject | null | undefined;
}

/** The filter as a SQL condition. Its parameters start with `$1`, the organisation. */
export function conditionsOf(orgId: string, filter: MemoryFilter): { where: string; parameters: unknown[] } {
  const parameters: unknown[] = [orgId];
  const conditions = ["org_id = $1"];
  const narrow = (condition: string, value: unknown) => {
    if (value === undefined || value === null) return;
    parameters.push(value);
    conditions.push(condition.replace("?", `$${parameters.length}`));
  };
  narrow("user_id = ?", filter.userId);
  narrow("agent_id = ?", filter.agentId);
  narrow("app_id = ?", filter.appId);
  narrow("conversation_id = ?", filter.conversationId);
  narrow("run_id = ?", filter.runId);
  narrow("type = any(?)", filter.types);
  narrow("status = ?", filter.status);
  const { metadata } = filter;
  if (metadata && Object.keys(metadata).length > 0) {
    // The second condition lets the planner use the index.
    narrow("metadata @> ? and metadata <> '{}'", JSON.stringify(metadata));
  }
  return { where: conditions.join(" and "), parameters };
}

/** Which page of a list. */
export interface PageRequest {
  readonly limit: number;
  readonly order: "newest" | "oldest";
  /** The last memory of the previous page. */
  readonly after?: MemoryId | undefined;
}

// PostgreSQL reads these lengths without decompressing the values.
const bytes = "octet_length(text) + pg_column_size(metadata) + pg_column_size(source_event_ids) as bytes";

/** A page of memories by the order of their creation, superseded ones included. */
export async function pageMemories(
  sql: Sql,
  orgId: string,
  filter: MemoryFilter,
  { limit, order, after }: PageRequest,
): Promise<Page<Memory>> {
  const { where, parameters } = conditionsOf(orgId, filter);
  const [direction, beyond] = order === "newest" ? (["desc", "<"] as const) : (["asc", ">"] as const);
  const cursor = after === undefined ? "" : `and id ${beyond} $${parameters.push(after)}`;
  const select = `select ${columns}, ${bytes} from memlane.memory where ${where} ${cursor}`;
  return readPage<Memory>(sql, { select, parameters, direction, limit });
}

/** Memories from `offset` on, superseded ones included. The memory that was said most recently comes first. */
export async function listMemories(
  sql: Sql,
  orgId: string,
  filter: MemoryFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<Memory[]> {
  const { where, parameters } = conditionsOf(orgId, filter);
  return sql.query<Memory>(
    `select ${columns}
     from memlane.memory
     where ${where}
     order by last_said_at desc, id desc
     limit $${parameters.push(limit)}
     offset $${parameters.push(offset)}`,
    parameters,
  );
}

/** How many memories match a filter. */
export async function countMemories(sql: Sql, orgId: string, filter: MemoryFilter): Promise<number> {
  const { where, parameters } = conditionsOf(orgId, filter);
  const [row] = await sql.query<{ total: number }>(
    `select count(*)::integer as total from memlane.memory where ${where}`,
    parameters,
  );
  return row!.total;
}

/** A stored fact that a new statement may repeat or end, or that may end the statement. */
export interface KnownFact {
  readonly id: MemoryId;
  readonly text: string;
  readonly slot: string | null;
  readonly fingerprint: string;
  readonly firstSaidAt: Date;
  readonly lastSaidAt: Date;
  /** When it stopped being true; null while it is active. */
  readonly invalidAt: Date | null;
  /** Changes with each update, so that the server notices if another job has changed the fact. */
  readonly version: string;
}

/** Which facts of a user to look at. */
export interface FactReach {
  /** Also the newest active facts of any kind, up to a bound. */
  readonly needsRecent: boolean;
  readonly slots: readonly string[];
  readonly fingerprints: readonly string[];
  /**
   * When the first of the statements was said. If the user has facts that were said then or later, these facts and retired facts
   * are read too, because one of them may have ended the statement.
   */
  readonly since: Date;
}

/** A statement that may end any fact is compared with this many of the newest facts. */
const mostRecent = 5000;

/** A late statement is compared with at most this many facts that were said after it, and with as many retired facts. */
const mostLater = 5000;

const firstSaidAt = "least(coalesce(occurred_at, created_at), last_said_at)";

// A row's xmin changes with each update.
const knownFact = `
  id, text, slot, fingerprint,
  ${firstSaidAt} as "firstSaidAt",
  last_said_at as "lastSaidAt",
  invalid_at as "invalidAt",
  xmin::text as version`;

const factsWithinReach = `
  select ${knownFact}
  from memlane.memory
  where org_id = $1 and user_id = $2 and status = 'active' and fingerprint is not null
    and (slot = any($3) or fingerprint = any($4))`;

const recentFacts = `
  (
    select ${knownFact}
    from memlane.memory
    where org_id = $1 and user_id = $2 and status = 'active' and fingerprint is not null
    order by id desc
    limit ${mostRecent}
  )`;

/** Whether the user has a fact that was said at the time of the first statement or later. */
const saidLater = `
  exists (
    select from memlane.memory
    where org_id = $1 and user_id = $2 and last_said_at >= $5 and fingerprint is not null
  )`;

const laterFacts = `
  (
    select ${knownFact}
    from memlane.memory
    where org_id = $1 and user_id = $2 and last_said_at >= $5 and fingerprint is not null
    order by last_said_at
    limit ${mostLater}
  )`;

const retiredFacts = `
  (
    select ${knownFact}
    from memlane.memory
    where org_id = $1 and user_id = $2 and status <> 'active' and (slot = any($3) or fingerprint = any($4))
    order by last_said_at desc
    limit ${mostLater}
  )`;

const reachedFacts = ({ needsRecent }: Pick<FactReach, "needsRecent">, isLate: boolean) =>
  [
    factsWithinReach,
    ...(needsRecent ? [recentFacts] : []),
    ...(isLate ? [laterFacts, retiredFacts] : []),
  ].join(" union ");

const checkOf = (facts: string) => `
  select
    ${saidLater} = $6
    and array(select id || version from (${facts}) as reached order by id) = $7::text[]
    as same`;

/** The SQL statements for a job that is not late. Prepared, because planning them takes longer than running them. */
const statementsAbout = (name: string, facts: string) => ({
  read: {
    name: `read ${name}`,
    text: `
      select "isLate", reached.*
      from (select ${saidLater} as "isLate") as later left join (${facts}) as reached on true
      order by id`,
  },
  check: { name: `check ${name}`, text: checkOf(facts) },
});
const aboutNear = statementsAbout("near facts", reachedFacts({ needsRecent: false }, false));
const aboutNearAndRecent = statementsAbout(
  "near and recent facts",
  reachedFacts({ needsRecent: true }, false),
);
const statementsFor = ({ needsRecent }: FactReach) => (needsRecent ? aboutNearAndRecent : aboutNear);

const reachParameters = (orgId: string, userId: string, { slots, fingerprints, since }: FactReach) => [
  orgId,
  userId,
  slots,
  fingerprints,
  since,
];

/** The facts of a user within reach, oldest first. */
export interface ReachedFacts {
  readonly facts: readonly KnownFact[];
  /** Whether the user has facts that were said later. Only then does a second SQL statement read them, so other jobs save the time. */
  readonly isLate: boolean;
}

/** Reads the facts of a user within reach. */
export async function readKnownFacts(
  sql: Sql,
  orgId: string,
  userId: string,
  reach: FactReach,
): Promise<ReachedFacts> {
  const parameters = reachParameters(orgId, userId, reach);
  const rows = await sql.query<{ isLate: boolean } & (KnownFact | { readonly id: null })>(
    statementsFor(reach).read,
    parameters,
  );
  if (rows[0]?.isLate === true) {
    const facts = await sql.query<KnownFact>(`${reachedFacts(reach, true)} order by id`, parameters);
    return { facts, isLate: true };
  }
  return { facts: rows.filter((row): row is typeof row & KnownFact => row.id !== null), isLate: false };
}

/**
 * Locks the facts of a user until the transaction ends. Returns whether the facts within reach are unchanged. If they are not, the
 * job must read them again: otherwise two jobs at the same time could both store a fact that the second should merge.
 */
export async function lockKnownFacts(
  sql: Sql,
  orgId: string,
  userId: string,
  reach: FactReach,
  { facts, isLate }: ReachedFacts,
): Promise<boolean> {
  await sql.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [JSON.stringify([orgId, userId])]);
  const [row] = await sql.query<{ same: boolean }>(
    isLate ? checkOf(reachedFacts(reach, true)) : statementsFor(reach).check,
    [...reachParameters(orgId, userId, reach), isLate, facts.map(({ id, version }) => id + version)],
  );
  return row!.same;
}

/** A memory to retire, and the memory that takes its place. */
export interface Retirement {
  readonly id: MemoryId;
  readonly status: Exclude<Memory["status"], "active">;
  readonly superseded_by: MemoryId;
  readonly invalid_at: string;
}

/** Retires memories, or links retired memories to an earlier successor. They are kept as history. */
export async function retireMemories(sql: Sql, orgId: string, retired: readonly Retirement[]): Promise<void> {
  if (retired.length === 0) return;
  await sql.query(
    `update memlane.memory
     set
       status = retired.status,
       superseded_by = retired.superseded_by,
       invalid_at = retired.invalid_at,
       updated_at = now()
     from jsonb_to_recordset($2) as retired (id uuid, status text, superseded_by uuid, invalid_at timestamptz)
     where org_id = $1 and memory.id = retired.id`,
    [orgId, JSON.stringify(retired)],
  );
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
     where org_id = $1 and memory.id = succession.id
       and (memory.supersedes is null or memory.supersedes = any(instead_of))`,
    [orgId, JSON.stringify(successions)],
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
      valid_from = least(valid_from, first)
    from (
      select id, max(said_at) as last, min(said_at) filter (where is_dated) as first
      from jsonb_to_recordset($2) as said (id uuid, said_at timestamptz, is_dated boolean)
      group by id
    ) as repeated
    where org_id = $1 and memory.id = repeated.id and (last > last_said_at or first < ${firstSaidAt})`,
};

/** Stores when memories were said again. A memory is not written if this changes neither its first nor its last time. */
export async function repeatMemories(
  sql: Sql,
  orgId: string,
  repeated: readonly Repetition[],
): Promise<void> {
  if (repeated.length > 0) await sql.query(repetition, [orgId, JSON.stringify(repeated)]);
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
