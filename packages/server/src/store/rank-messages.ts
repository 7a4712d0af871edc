// Ranks messages of episodes, in SQL.
import type { Sql } from "../database/database.ts";
import { columns, memoryOfMessage, type MessageRow } from "./messages.ts";
import type { FoundMemory, Ranking } from "./search-memories.ts";
import { largestShareOf, quote, shareOfWord } from "./word-share.ts";

/** The least share of the best score. Messages with less are left out: they only follow messages with words of the query. */
const leastOfBest = 0.2;

/**
 * The best of these messages. A word has strength 1 if it is in the message, 0.6 or 0.3 if it is in one of the two messages before,
 * and `largestStrength` if it is the speaker or in the date. A speaker's name in the text counts little, because others say it.
 */
export async function rankMessages(
  sql: Sql,
  { ids, weighted, isOneWord, fullWeight, scoring, limit }: Ranking,
): Promise<FoundMemory[]> {
  if (ids.length === 0) return [];
  const { largestStrength } = scoring;
  // One word is not a question that a later message answers, so the two messages after it only get the strengths 0.2 and 0.1.
  const [before, twoBefore] = isOneWord ? [0.1, 0.05] : [0.3, 0.15];
  const leastOfName = 0.95 * largestStrength;
  // For a word that occurs once, `ts_rank` returns its weight divided by π²/6.
  const rankFactor = (largestStrength * Math.PI ** 2) / 6;
  const rows = await sql.query<MessageRow & { readonly score: number }>(
    `with word as materialized (
       select lexeme::tsquery, weight, is_piece, number
       from unnest($2::text[], $3::float8[], $4::boolean[]) with ordinality as word (lexeme, weight, is_piece, number)
     ), matched as materialized (
       select
         message.id, text, weight, number,
         case when is_piece then 1 else ${rankFactor} * ts_rank('{1, ${twoBefore}, ${before}, 0.5}', search, lexeme) end as strength
       from memlane.message join word on search @@ lexeme
       where message.id = any ($1)
     ), name as (
       select number from matched group by number having max(strength) > ${leastOfName}
     ), scored as (
       select id, sum(weight * ${shareOfWord(scoring, "said", "text")}) / ${largestShareOf(scoring)} / $5 as score
       from matched, lateral (
         select case
           when strength < ${leastOfName} and number in (select number from name) then 0.3 * strength
           else strength
         end as said
       ) as weighed
       group by id
       order by score desc, id desc
       limit $6
     ), compared as (
       select *, max(score) over () as best from scored
     )
     select ${columns}, least(1, score) as score
     from compared join memlane.message using (id) join memlane.episode on episode.id = episode_id
     where score >= ${leastOfBest} * best
     order by compared.score desc, message.id desc`,
    [
      ids,
      weighted.map(({ lexeme }) => quote(lexeme)),
      weighted.map(({ weight }) => weight),
      weighted.map(({ isPiece = false }) => isPiece),
      fullWeight,
      limit,
    ],
  );
  return rows.map(({ score, ...row }) => ({ ...memoryOfMessage(row), score }));
}
