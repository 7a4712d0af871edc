// Deletion of messages. The search index of a message also contains the words of the two messages before it.
import type { MemoryId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { blankReferences } from "./blank-references.ts";

/** The messages that a memory comes from. */
export async function listSources(sql: Sql, orgId: string, memoryId: MemoryId): Promise<readonly MemoryId[]> {
  const rows = await sql.query<{ id: MemoryId }>(
    `select message.id from memlane.memory_source join memlane.message on message.id = message_id
     where memory_id = $1 and org_id = $2`,
    [memoryId, orgId],
  );
  return rows.map(({ id }) => id);
}

/**
 * Deletes messages, and their words from the index of other messages. Deletes episodes that have no messages any more.
 * Returns how many messages were deleted.
 */
export async function deleteMessages(sql: Sql, orgId: string, ids: readonly MemoryId[]): Promise<number> {
  if (ids.length === 0) return 0;
  const own = await sql.query<{ id: MemoryId }>(
    "select id from memlane.message where id = any($1) and org_id = $2",
    [ids, orgId],
  );
  return deleteTheseMessages(
    sql,
    own.map(({ id }) => id),
  );
}

/** Deletes up to `limit` messages that have been kept for more than `days` days. Returns how many. */
export async function deleteOldMessages(sql: Sql, days: number, limit: number): Promise<number> {
  const old = await sql.query<{ id: MemoryId }>(
    `select id from memlane.message
     where id < (
       lpad(to_hex((1000 * extract(epoch from now() - $1 * interval '1 day'))::bigint), 12, '0') || repeat('0', 20)
     )::uuid
     order by id limit $2`,
    [days, limit],
  );
  return deleteTheseMessages(
    sql,
    old.map(({ id }) => id),
  );
}

/** Does the same for messages that the caller has read in the same transaction. */
export async function deleteTheseMessages(sql: Sql, ids: readonly MemoryId[]): Promise<number> {
  if (ids.length === 0) return 0;
  const following = await listFollowing(sql, ids);
  // Locks all rows in one statement and one order, so that two deletions do not deadlock.
  await sql.query("select from memlane.message where id = any($1) order by id for update", [
    [...ids, ...following],
  ]);
  const gone = await sql.query<{ episodeId: MemoryId }>(
    `delete from memlane.message where id = any($1) returning episode_id as "episodeId"`,
    [ids],
  );
  await sql.query(
    `with deleted as (
       delete from memlane.episode
       where id = any($1) and not exists (select from memlane.message where episode_id = episode.id)
       returning id, org_id, job_id
     )
     ${blankReferences}`,
    [gone.map(({ episodeId }) => episodeId)],
  );
  await indexAgain(sql, following);
  return gone.length;
}

/** Deletes a message, or an episode with all its messages. Returns whose it was, or undefined if there is none. */
export async function deleteWords(
  sql: Sql,
  orgId: string,
  id: MemoryId,
): Promise<{ readonly userId: string | null } | undefined> {
  const messages = await sql.query<{ id: MemoryId; userId: string | null }>(
    `select id, user_id as "userId" from memlane.message where (id = $1 or episode_id = $1) and org_id = $2`,
    [id, orgId],
  );
  const deleted = await deleteTheseMessages(
    sql,
    messages.map((message) => message.id),
  );
  return deleted > 0 ? messages[0] : undefined;
}

/** The messages of the same conversation as `message` and `episode`, in their order. */
const sameConversation = `from memlane.episode as other_episode
  join memlane.message as other on other.episode_id = other_episode.id
  where other_episode.org_id = episode.org_id and other_episode.conversation_id = episode.conversation_id
    and other_episode.user_id = episode.user_id`;

/** The two messages after each of these messages. Their search index also contains its words. */
async function listFollowing(sql: Sql, ids: readonly MemoryId[]): Promise<readonly MemoryId[]> {
  const rows = await sql.query<{ id: MemoryId }>(
    `select distinct following.id
     from memlane.message join memlane.episode on episode.id = message.episode_id,
     lateral (
       select other.id ${sameConversation} and (other_episode.id, other.position) > (episode.id, message.position)
       order by other_episode.id, other.position limit 2
     ) as following
     where message.id = any($1)`,
    [ids],
  );
  return rows.map(({ id }) => id);
}

/** Updates the search index of messages, with the words of the two messages that now come before them. */
async function indexAgain(sql: Sql, ids: readonly MemoryId[]): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    `update memlane.message as indexed
     set search = memlane.message_search(indexed.text, memlane.words(indexed.text),
       memlane.words(texts[1]), memlane.words(texts[2]), indexed.speaker, indexed.said_at)
     from (
       select message.id, array(
         select other.text ${sameConversation} and (other_episode.id, other.position) < (episode.id, message.position)
         order by other_episode.id desc, other.position desc limit 2
       ) as texts
       from memlane.message join memlane.episode on episode.id = message.episode_id
       where message.id = any($1)
     ) as said_before
     where indexed.id = said_before.id`,
    [ids],
  );
}
