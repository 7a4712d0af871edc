// Ranks messages of episodes, in SQL.
import type { Prepared } from "../database/database.ts";
import { columns, memoryOfMessage, type MessageRow } from "./messages.ts";
import type { Rank, Scoring } from "./search-memories.ts";
import { largestShareOf, quote, shareOfWord } from "./word-share.ts";

/** The least share of the best score. Messages with less are left out: they only follow messages with words of the query. */
const leastOfBest = 0.2;

/**
 * Ranks messages. A word has strength 1 if it is in the message, 0.6 or 0.3 if it is in one of the two messages before, and
 * `largestStrength` if it is the speaker or in the date. A speaker's name in the text counts little, because others say it. The SQL
 * statement is prepared, because planning it takes ten times as long as running it.
 */
export function createMessageRanking(scoring: Scoring): Rank {
  const { largestStrength } = scoring;
  const leastOfName = 0.95 * largestStrength;
  // For a word that occurs once, `ts_rank` returns its weight divided by π²/6.
  const rankFactor = (largestStrength * Math.PI ** 2) / 6;
  const statement: Prepared = {
    name: "rank messages",
    text: `with word as materialized (
       select lexeme::tsquery, weight, is_piece, number
       from unnest((select $2::text[]), (select $3::float8[]), (select $4::boolean[])) with ordinality as word (lexeme, weight, is_piece, number)
     ), matched as materialized (
       select
         message.id, text, weight, number,
         case when is_piece then 1 else ${rankFactor} * ts_rank($7::float4[], search, lexeme) end as strength
       from memlane.message join word on search @@ lexeme
       where message.id = any ((select $1::uuid[])::uuid[])
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
       limit (select $6::integer)
     ), compared as (
       select *, max(score) over () as best from scored
     )
     select ${columns}, least(1, score) as score
     from compared join memlane.message using (id) join memlane.episode on episode.id = episode_id
     where score >= ${leastOfBest} * best
     order by compared.score desc, message.id desc`,
  };
  return async (sql, { ids, weighted, isOneWord, fullWeight, limit }) => {
    if (ids.length === 0) return [];
    // One word is not a question that a later message answers, so the two messages after it only get the strengths 0.2 and 0.1.
    const [before, twoBefore] = isOneWord ? [0.1, 0.05] : [0.3, 0.15];
    const rows = await sql.query<MessageRow & { readonly score: number }>(statement, [
      ids,
      weighted.map(({ lexeme }) => quote(lexeme)),
      weighted.map(({ weight }) => weight),
      weighted.map(({ isPiece = false }) => isPiece),
      fullWeight,
      limit,
      [1, twoBefore, before, 0.5],
    ]);
    return rows.map(({ score, ...row }) => ({ ...memoryOfMessage(row), score }));
  };
}
