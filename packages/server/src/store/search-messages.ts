// Search among the messages of episodes.
import type { MemoryId } from "@memlane/core";
import type { Sql } from "../database/database.ts";
import { columns, memoryOfMessage, type MessageRow } from "./messages.ts";
import type { MemoryFilter } from "./memories.ts";
import {
  findAlike,
  proposeByPieces,
  proposeByWords,
  quote,
  readPieces,
  readWords,
  shareOfLength,
  largestShare,
  weightOf,
  type FoundMemory,
} from "./search-memories.ts";

/** What fits much less than the best message is left out: it only follows messages with words of the query. */
const leastOfBest = 0.2;

/** A word or a piece to look for, and what it counts. */
interface Weighted {
  readonly lexeme: string;
  readonly weight: number;
  readonly isPiece: boolean;
}

/**
 * The messages that fit a query best, as memories. A word counts fully if the message says it, less if one of the two messages
 * before it does, and double if it is the speaker or in the date.
 */
export async function searchMessages(
  sql: Sql,
  orgId: string,
  { userId, agentId, appId }: MemoryFilter,
  query: string,
  limit: number,
): Promise<FoundMemory[]> {
  const scope = { userId, agentId, appId };
  const [words, pieces] = await Promise.all([readWords(sql, query), readPieces(sql, query)]);
  const lexemes = words.map(({ lexeme }) => lexeme);
  const [byWord, byPiece] = await Promise.all([
    proposeByWords(sql, orgId, scope, lexemes, "message"),
    proposeByPieces(sql, orgId, scope, pieces, "message"),
  ]);
  const lost = words.filter((_, index) => byWord.counts[index] === 0);
  const alike = await findAlike(sql, orgId, scope, lost, "message");
  const byLikeness = await proposeByWords(
    sql,
    orgId,
    scope,
    alike.map(({ lexeme }) => lexeme),
    "message",
  );
  const known = lexemes.map((lexeme, index) => ({
    lexeme,
    weight: weightOf(byWord.counts[index]!),
    isPiece: false,
  }));
  const weighted: Weighted[] = [
    ...known,
    ...alike.map(({ lexeme, likeness }, index) => ({
      lexeme,
      weight: weightOf(byLikeness.counts[index]!) * likeness,
      isPiece: false,
    })),
    ...pieces.map((lexeme) => ({ lexeme, weight: weightOf(1) / pieces.length, isPiece: true })),
  ];
  const worth = known.reduce((sum, { weight }) => sum + weight, pieces.length > 0 ? weightOf(1) : 0);
  const ids = [...new Set([...byWord.ids, ...byPiece, ...byLikeness.ids])];
  return rank(sql, ids, weighted, worth, limit);
}

/**
 * The best of these messages. PostgreSQL's rank of one word that is there once is its weight over π²/6, so times that and the
 * largest weight it is the strength of the word: 2, 1, 0.6 or 0.3. What speakers are called in the query is said by others, to
 * them: there it counts little.
 */
async function rank(
  sql: Sql,
  ids: readonly MemoryId[],
  weighted: readonly Weighted[],
  worth: number,
  limit: number,
): Promise<FoundMemory[]> {
  if (ids.length === 0) return [];
  const rows = await sql.query<MessageRow & { readonly score: number }>(
    `with word as materialized (
       select lexeme::tsquery, weight, is_piece, number
       from unnest($2::text[], $3::float8[], $4::boolean[]) with ordinality as word (lexeme, weight, is_piece, number)
     ), matched as materialized (
       select message.id, text, weight, number,
         case
           when is_piece then 1
           else 2 * pi() ^ 2 / 6 * ts_rank('{1, 0.15, 0.3, 0.5}', search, lexeme)
         end as strength
       from memlane.message join word on search @@ lexeme
       where message.id = any($1)
     ), naming as (
       select number from matched group by number having max(strength) > 1.9
     ), scored as (
       select id, least(1, sum(weight * ${shareOfLength("said", "text")}) / ${largestShare} / $5) as score
       from matched, lateral (
         select case when strength < 1.9 and number in (select number from naming) then 0.3 * strength else strength end as said
       ) as weighed
       group by id order by score desc, id desc limit $6
     )
     select ${columns}, score from (
       select *, max(score) over () as best from scored
     ) as compared
     join memlane.message using (id) join memlane.episode on episode.id = episode_id
     where score >= ${leastOfBest} * best
     order by score desc, message.id desc`,
    [
      ids,
      weighted.map(({ lexeme }) => quote(lexeme)),
      weighted.map(({ weight }) => weight),
      weighted.map(({ isPiece }) => isPiece),
      worth,
      limit,
    ],
  );
  return rows.map(({ score, ...row }) => ({ ...memoryOfMessage(row), score }));
}
