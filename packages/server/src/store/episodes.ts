// Episodes: the conversations themselves, kept message by message.
import type { GroupId, JobId, MemoryId, MemoryReference } from "@memlane/core";
import type { Memory } from "@memlane/core/internal";
import type { Prepared, Sql } from "../database/database.ts";
import { conditionOfPage, type MemoryFilter } from "./memories.ts";
import { memoriesOfMessages, episodeDefaults } from "./memory-columns.ts";
import { keysetOf, readPage, type Page, type PageRequest } from "./page-by-bytes.ts";

/** A message to keep, or a part of a long one. */
export interface NewMessagePart {
  readonly id: MemoryId;
  /** The position of the message in its conversation, and of the part among all parts. */
  readonly message: number;
  readonly position: number;
  /** Numbers equal parts: 1 for the first, 2 for the second. */
  readonly occurrence: number;
  readonly dia_id: string | null;
  readonly speaker: string;
  readonly text: string;
  /** The text with a date after each relative date: "yesterday (7 May 2023)". Null if it has no relative date. */
  readonly dated_text: string | null;
  readonly said_at: string | null;
}

/** A conversation to keep. */
export interface NewEpisode {
  readonly id: MemoryId;
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly appId: string | null;
  readonly conversationId: string | null;
  /** The ingest job that stores it. @default null */
  readonly jobId?: JobId | null;
  /** The tags of the episode and of its messages. @default none */
  readonly groupIds?: readonly GroupId[];
  /** Arrays of `NewMessagePart` in JSON. */
  readonly parts: readonly string[];
  /** For each message: the new and the stored memories that contain its statements. */
  readonly memoryIds: readonly (readonly MemoryId[])[];
}

/** The most speakers that are stored for an episode. */
const mostSpeakers = 20;

const insertion: Prepared = {
  name: "keep episode",
  text: `with said as materialized (
      select * from jsonb_to_recordset($7) as said (id uuid, message integer, position integer, occurrence integer, dia_id text,
        speaker text, text text, dated_text text, said_at timestamptz)
    ), said_before as (
      select text, -row_number() over (order by position desc) as position
      from memlane.message
      where episode_id = (
        select id from memlane.episode
        where org_id = (select $1::text) and conversation_id = (select $6::text) and user_id = (select $3::text)
        order by id desc limit 1
      )
      order by position desc limit 2
    ), in_context as materialized (
      select said.*, words, previous, before_previous,
        md5(jsonb_build_array($1::text, $3::text, $4::text, $5::text, $6::text, dia_id, speaker, text, said_at, occurrence)::text)::uuid as digest
      from said join (
        select position, words, lag(words) over by_position as previous, lag(words, 2) over by_position as before_previous
        from (
          select position, memlane.words(text) as words
          from (select position, text from said union all select position, text from said_before) as any_text
          offset 0 -- otherwise the planner computes the words again for each use
        ) as any_words
        window by_position as (order by position)
      ) as context using (position)
    ), known as materialized (
      select message.id, digest, in_context.message from memlane.message join in_context using (digest)
    ), fresh as materialized (
      select * from in_context where digest not in (select digest from known)
    ), episode as (
      insert into memlane.episode (id, org_id, user_id, agent_id, app_id, conversation_id, job_id, group_ids, speakers, started_at, ended_at)
      select $2, $1, $3, $4, $5, $6, $10::uuid, $11::uuid[], (array_agg(distinct speaker))[1:${mostSpeakers}], min(said_at), max(said_at)
      from fresh having count(*) > 0
      on conflict (id) do update set
        speakers = (array(select distinct unnest(episode.speakers || excluded.speakers)))[1:${mostSpeakers}],
        started_at = least(episode.started_at, excluded.started_at),
        ended_at = greatest(episode.ended_at, excluded.ended_at)
      returning speakers, started_at as "startedAt"
    ), kept as (
      insert into memlane.message (id, org_id, episode_id, position, message_index, user_id, agent_id, app_id, group_ids, dia_id, speaker, text, dated_text, said_at, digest, search)
      select id, $1, $2, position, message, $3, $4, $5, $11::uuid[], dia_id, speaker, text, dated_text, said_at, digest,
        memlane.message_search(text, words, previous, before_previous, speaker, said_at)
      from fresh
      order by digest -- so that two jobs with the same messages do not deadlock
      on conflict (digest) do nothing
      returning id
    ), stated as (
      insert into memlane.memory_source (memory_id, message_id)
      select memory.id, source.message_id
      from (
        select id as message_id, message from fresh where id in (select id from kept)
        union
        select id, message from known
      ) as source
      join unnest((select $8::integer[]), (select $9::uuid[])) as states (message, memory_id) using (message)
      join memlane.memory on memory.id = states.memory_id and memory.org_id = $1
      for key share of memory
      on conflict do nothing
    )
    select * from episode`,
};

/** Stores the messages of a conversation that are not stored yet. Undefined if all of them are. */
export async function insertEpisode(
  sql: Sql,
  orgId: string,
  episode: NewEpisode,
): Promise<MemoryReference | undefined> {
  const { id, userId, agentId, appId, conversationId, jobId = null, parts, memoryIds } = episode;
  const sources = memoryIds.flatMap((ids, message) => ids.map((memoryId) => ({ message, memoryId })));
  const messages = sources.map(({ message }) => message);
  const memories = sources.map(({ memoryId }) => memoryId);
  const about = [orgId, id, userId, agentId, appId, conversationId];
  let kept: Pick<EpisodeRow, "speakers" | "startedAt"> | undefined;
  for (const some of parts) {
    const [row = kept] = await sql.query<NonNullable<typeof kept>>(insertion, [
      ...about,
      some,
      messages,
      memories,
      jobId,
      episode.groupIds ?? [],
    ]);
    kept = row;
  }
  return kept && { id, type: "episode", text: describe(titleOf(kept.speakers, kept.startedAt)) };
}

/** An episode as the database returns it. */
interface EpisodeRow {
  readonly id: MemoryId;
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly appId: string | null;
  readonly conversationId: string | null;
  readonly speakers: readonly string[];
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly createdAt: Date;
  readonly diaIds: readonly string[];
  readonly groupIds: readonly GroupId[];
  readonly factIds: readonly MemoryId[];
  readonly artifactIds: readonly MemoryId[];
}

const columns = `id, group_ids as "groupIds", user_id as "userId", agent_id as "agentId", app_id as "appId", conversation_id as "conversationId", speakers,
  started_at as "startedAt", ended_at as "endedAt", created_at as "createdAt",
  array(
    select dia_id from memlane.message
    where episode_id = episode.id and dia_id is not null
    group by dia_id order by min(position)
  ) as "diaIds",
  ${memoriesOfMessages("array(select id from memlane.message where episode_id = episode.id)")}`;

/** One organisation's episodes with these ids, as memories, in any order. Unknown ids are left out. */
export async function readEpisodes(sql: Sql, orgId: string, ids: readonly MemoryId[]): Promise<Memory[]> {
  if (ids.length === 0) return [];
  const rows = await sql.query<EpisodeRow>(
    `select ${columns} from memlane.episode where id = any($1) and org_id = $2`,
    [ids, orgId],
  );
  return rows.map(memoryOfEpisode);
}

/** SQL: the approximate size of an episode in an answer. */
const bytes = `500 + 50 * (select count(*) from memlane.message where episode_id = episode.id) as bytes`;

/** A page of episodes, as memories, in the order of their creation. */
export async function pageEpisodes(
  sql: Sql,
  orgId: string,
  filter: MemoryFilter,
  page: PageRequest<MemoryId>,
): Promise<Page<Memory>> {
  const ofEpisodes = { ...filter, types: null };
  const { name, where, parameters } = conditionOfPage("episodes", orgId, ofEpisodes, page);
  const { beyond, direction } = keysetOf(page, parameters);
  const select = `select ${columns}, ${bytes} from memlane.episode where ${where} ${beyond}`;
  const { rows, hasMore } = await readPage<EpisodeRow>(sql, {
    name,
    select,
    parameters,
    direction,
    limit: page.limit,
  });
  return { rows: rows.map(memoryOfEpisode), hasMore };
}

function memoryOfEpisode(row: EpisodeRow): Memory {
  const title = titleOf(row.speakers, row.startedAt);
  return {
    ...episodeDefaults,
    id: row.id,
    text: describe(title),
    userId: row.userId,
    agentId: row.agentId,
    appId: row.appId,
    conversationId: row.conversationId,
    groupIds: row.groupIds,
    sourceEventIds: row.diaIds,
    episodeId: row.id,
    occurredAt: row.startedAt,
    episode: {
      title,
      startedAt: row.startedAt,
      endedAt: row.endedAt,
      factIds: row.factIds,
      artifactIds: row.artifactIds,
    },
    createdAt: row.createdAt,
    updatedAt: row.createdAt,
  };
}

const mostNamed = 4;
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** A day in words, such as `8 May 2023`, in UTC. */
export const dayInWords = (date: Date): string => day.format(date);

const describe = (title: string) => `Conversation of ${title}`;

/** The speakers and the day: `Ann and Bob, 8 May 2023`. Contains no words of a message, so a deletion need not change it. */
export function titleOf(speakers: readonly string[], startedAt: Date | null): string {
  const named = speakers.slice(0, mostNamed);
  const others = speakers.length > named.length ? ["others"] : [];
  const names = new Intl.ListFormat("en-GB").format([...named, ...others]);
  return startedAt === null ? names : `${names}, ${dayInWords(startedAt)}`;
}
