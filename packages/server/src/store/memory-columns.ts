// The columns of a memory: those that are stored, and those that every read, list and search returns.
import type { GroupId, JobId, MemoryId, MemoryType } from "@memlane/core";
import type { JsonObject, Memory, Tense, Triple } from "@memlane/core/internal";
import type { Prepared } from "../database/database.ts";
import { statusNow } from "./active-memory.ts";
import { enqueueCreated } from "./memory-events.ts";

/** A memory to store. Without a default, a missing field is stored as null or empty. */
export interface NewMemory {
  readonly id: MemoryId;
  readonly type: MemoryType;
  readonly text: string;
  /** @default "active" */
  readonly status?: Memory["status"];
  readonly user_id?: string | null;
  readonly agent_id?: string | null;
  readonly app_id?: string | null;
  readonly conversation_id?: string | null;
  readonly run_id?: string | null;
  readonly metadata?: JsonObject | null;
  readonly group_ids?: readonly GroupId[] | undefined;
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
  readonly job_id?: JobId | null;
  /** What a fact says. */
  readonly triple?: Triple;
  /** From 0 to 1; for a fact, a lesson or a procedure. */
  readonly confidence?: number;
  /** Whether the memory is kept as its client wrote it. Facts are then mined from it later. @default false */
  readonly verbatim?: boolean;
}

/** What the API shows only of lessons and procedures. */
const lesson = `case when type in ('lesson', 'procedure') then (
    select jsonb_build_object(
      'triggerEntities', array(select entity from memlane.trigger_entity where memory_id = memory.id order by entity),
      'because', because,
      'confidence', coalesce(confidence, 1),
      'observationCount', observation_count,
      'lastConfirmedAt', last_said_at,
      'steps', steps
    )
    from memlane.lesson
    where memory_id = memory.id
  ) end as lesson`;

/** The columns of the memory itself. They do not need other tables. */
const ownColumns = `id, type, text, ${statusNow} as status, user_id as "userId", agent_id as "agentId", app_id as "appId",
  conversation_id as "conversationId", run_id as "runId", metadata, categories, group_ids as "groupIds", fact_type as "factType",
  supersedes, source_role as "sourceRole", source_event_ids as "sourceEventIds",
  verbatim as "isVerbatim", occurred_at as "occurredAt", valid_from as "validFrom", invalid_at as "invalidAt", tense,
  created_at as "createdAt", updated_at as "updatedAt"`;

/**
 * SQL: the ids of the memories that come from these messages. `messages` is SQL for a list of message ids. Lists instead of joins
 * here and below, because PostgreSQL looks up the ids of a list in an index. Before a table's statistics are up to date, it may
 * read the whole table for a join, for each row of a page.
 */
export const idsFromMessages = (messages: string) =>
  `array(select memory_id from memlane.memory_source where message_id = any (${messages}))`;

/** SQL: the ids of the messages that are the sources of a memory. */
const ownMessages = "array(select message_id from memlane.memory_source where memory_id = memory.id)";

/** How many memories from the same messages are listed at most for a fact or an artifact, and how many episodes. */
const mostFromSameMessages = 50;

/** SQL: the memories of a type that come from the same messages as a memory. */
const fromSameMessages = (type: "fact" | "artifact") => `array(
    select id from memlane.memory as other
    where id = any (${idsFromMessages(ownMessages)}) and type = '${type}'
    order by id
    limit ${mostFromSameMessages}
  )`;

/** SQL: the ids of the facts and of the artifacts that come from these messages. `messages` is SQL for a list of message ids. */
export const memoriesOfMessages = (messages: string) => {
  const ofType = (type: "fact" | "artifact") => `array(
    select id from memlane.memory
    where id = any (${idsFromMessages(messages)}) and type = '${type}'
    order by id
  )`;
  return `${ofType("fact")} as "factIds", ${ofType("artifact")} as "artifactIds"`;
};

/** The columns of a memory, as every list and search returns them. */
export const columns = `${ownColumns},
  coalesce(
    (select episode_id from memlane.message where id = any (${ownMessages}) order by id limit 1),
    (select source.memory_id from memlane.fact_source as source where fact_id = memory.id and dropped_at is null limit 1)
  ) as "episodeId",
  case when verbatim then array(
    select fact_id from memlane.fact_source as source where source.memory_id = memory.id and dropped_at is null order by fact_id
  ) end as "minedFactIds",
  case when type = 'fact' then ${fromSameMessages("artifact")} end as "artifactIds",
  ${lesson},
  case when type = 'artifact' then (
    select jsonb_build_object(
      'title', title, 'rationale', rationale, 'version', version, 'rootId', root_id,
      'sourceFactIds', ${fromSameMessages("fact")},
      'episodeIds', array(
        select distinct episode_id
        from memlane.message
        where id = any (${ownMessages})
        order by episode_id
        limit ${mostFromSameMessages}
      )
    )
    from memlane.artifact where memory_id = memory.id
  ) end as artifact`;

/** The fields that have the same value in each episode, and in each of its messages, as a memory. */
export const episodeDefaults = {
  type: "episode",
  status: "active",
  runId: null,
  metadata: {},
  isVerbatim: false,
  categories: [],
  factType: null,
  supersedes: null,
  validFrom: null,
  invalidAt: null,
  tense: null,
  sourceRole: null,
} as const satisfies Partial<Memory>;

const inserting = `insert into memlane.memory (
      org_id, id, type, text, status, user_id, agent_id, app_id, conversation_id, run_id,
      metadata, group_ids, fact_type, slot, fingerprint, supersedes, superseded_by, source_role, source_event_ids, job_id,
      occurred_at, valid_from, invalid_at, tense, last_said_at,
      subject, predicate, object, predicate_raw, predicate_family, subject_type, object_is_literal,
      subject_canonical, object_canonical, confidence, verbatim
    )
    select
      $1, id, type, text, coalesce(status, 'active'), user_id, agent_id, app_id, conversation_id, run_id,
      coalesce(metadata, '{}'), coalesce(group_ids, '{}'), fact_type, slot, fingerprint, supersedes, superseded_by, source_role,
      coalesce(source_event_ids, '{}'), job_id,
      occurred_at, valid_from, invalid_at, tense, coalesce(last_said_at, occurred_at, now()),
      subject, predicate, object, "predicateRaw", "predicateFamily", "subjectType", "objectIsLiteral",
      "subjectCanonical", "objectCanonical", confidence, coalesce(verbatim, false)
    from jsonb_to_recordset($2) as memory (
      id uuid, type text, text text, status text, user_id text, agent_id text, app_id text, conversation_id text, run_id text,
      metadata jsonb, group_ids uuid[], fact_type text, slot text, fingerprint text, supersedes uuid, superseded_by uuid, source_role text,
      source_event_ids text[], job_id uuid,
      occurred_at timestamptz, valid_from timestamptz, invalid_at timestamptz, tense text, last_said_at timestamptz,
      subject text, predicate text, object text, "predicateRaw" text, "predicateFamily" text, "subjectType" text,
      "objectIsLiteral" boolean, "subjectCanonical" text, "objectCanonical" text, confidence double precision, verbatim boolean
    )`;

/** SQL: stores the memories of the JSON list `$2`, puts verbatim ones in the queue for mining, and enqueues their events. */
const stored = `stored as (
      ${inserting}
      returning *
    ), queued as (
      insert into memlane.mining (memory_id, org_id, user_id)
      select id, org_id, user_id
      from stored
      where verbatim
    ), enqueued as (
      ${enqueueCreated}
    )`;

export const insertion: Prepared = {
  name: "insert memories",
  text: `with ${stored} select from stored limit 0`,
};

/** SQL: also reads what it stores. A new memory has no episode yet. */
export const readInsertion: Prepared = {
  name: "insert and read memories",
  text: `with ${stored} select ${ownColumns}, null::uuid as "episodeId" from stored`,
};

/** SQL: the approximate size of a memory in an answer. PostgreSQL reads these lengths without decompressing the values. */
export const bytes = `octet_length(text) + pg_column_size(metadata) + pg_column_size(source_event_ids)
  + case when type = 'artifact' then coalesce((
    select octet_length(full_content) from memlane.artifact where memory_id = memory.id
  ), 0) else 0 end as bytes`;
