// Which messages of episodes fit a query best.
import type { Memory, MemoryId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { columns, memoryOfMessage, type MessageRow } from "./messages.ts";
import { largestShare, largestStrength, quote, shareOfWord } from "./word-share.ts";

/** What fits much less than the best message is left out: it only follows messages with words of the query. */
const leastOfBest = 0.2;

/** A word or a piece of a query, and what it counts. */
interface WeightedWord {
  readonly lexeme: string;
  readonly weight: number;
  readonly isPiece?: boolean;
}

/**
 * The best of these messages, as memories. A word has strength 1 in a message that says it, 0.6 or 0.3 if one of the two messages
 * before says it, and 2 if it is the speaker or in the date. A speaker's name counts little in the text, because others say it.
 */
export async function rankMessages(
  sql: Sql,
  ids: readonly MemoryId[],
  words: readonly WeightedWord[],
  worth: number,
  limit: number,
): Promise<(Memory & { readonly score: number })[]> {
  if (ids.length === 0) return [];
  // `ts_rank` of one word that is there once is its weight divided by π²/6.
  const rows = await sql.query<MessageRow & { readonly score: number }>(
    `with word as materialized (
       select lexeme::tsquery, weight, is_piece, number
       from unnest($2::text[], $3::float8[], $4::boolean[]) with ordinality as word (lexeme, weight, is_piece, number)
     ), matched as materialized (
       select message.id, text, weight, number,
         case
           when is_piece then 1
           else ${(largestStrength * Math.PI ** 2) / 6} * ts_rank('{1, 0.15, 0.3, 0.5}', search, lexeme)
         end as strength
       from memlane.message join word on search @@ lexeme
       where message.id = any($1)
     ), name as (
       select number from matched group by number having max(strength) > ${0.95 * largestStrength}
     ), scored as (
       select id, sum(weight * ${shareOfWord("said", "text")}) / ${largestShare} / $5 as score
       from matched, lateral (
         select case
           when strength < ${0.95 * largestStrength} and number in (select number from name) then 0.3 * strength
           else strength
         end as said
       ) as weighed
       group by id order by score desc, id desc limit $6
     ), compared as (
       select *, max(score) over () as best from scored
     )
     select ${columns}, least(1, score) as score from compared
     join memlane.message using (id) join memlane.episode on episode.id = episode_id
     where score >= ${leastOfBest} * best
     order by compared.score desc, message.id desc`,
    [
      ids,
      words.map(({ lexeme }) => quote(lexeme)),
      words.map(({ weight }) => weight),
      words.map(({ isPiece = false }) => isPiece),
      worth,
      limit,
    ],
  );
  return rows.map(({ score, ...row }) => ({ ...memoryOfMessage(row), score }));
}
