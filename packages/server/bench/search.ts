// Measures a search among 100,000 facts and messages of one organisation, and among the facts and messages of one user.
import type { MemoryId } from "@memlane/core";
import type { Database } from "../src/database/database.ts";
import { newId } from "../src/base/new-id.ts";
import { printMessageParts } from "../src/pipeline/normalise/episode-parts.ts";
import { normaliseMessages } from "../src/pipeline/normalise/normalise-messages.ts";
import { insertEpisode } from "../src/store/episodes.ts";
import { insertMemories } from "../src/store/memories.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { searchText } from "../src/search/search-text.ts";

const orgId = "bench";
const users = 1000;
const messagesPerEpisode = 25;

/** Durations in milliseconds, by what was searched. */
export type SearchFigures = Readonly<
  Record<"all memories of the organisation" | "memories of one user", number[]>
>;

/**
 * Fills a database with memories of common and rare words, and searches them with several kinds of
 * queries.
 */
export async function measureSearch(
  database: Database,
  memories: number,
  queries: number,
): Promise<SearchFigures> {
  await insertOrg(database, orgId);
  const random = createRandom(1);
  const half = memories / 2;
  for (let from = 0; from < half; from += 5000) {
    await insertMemories(
      database,
      orgId,
      Array.from({ length: Math.min(5000, half - from) }, (_, index) => ({
        id: newId() as MemoryId,
        type: "fact" as const,
        text: sentence(random),
        user_id: `user ${(from + index) % users}`,
      })),
    );
  }
  for (let from = 0; from < half; from += messagesPerEpisode) {
    await insertEpisode(database, orgId, {
      id: newId() as MemoryId,
      userId: `user ${(from / messagesPerEpisode) % users}`,
      agentId: null,
      appId: null,
      conversationId: `conversation ${from}`,
      parts: printMessageParts(
        normaliseMessages(
          Array.from({ length: messagesPerEpisode }, (_, index) => ({
            role: index % 2 === 0 ? "user" : "assistant",
            content: sentence(random),
          })),
        ),
      ),
      memoryIds: [],
    });
  }
  await database.query("vacuum analyze memlane.memory, memlane.message");
  const ask = async (userId: string | undefined): Promise<number[]> => {
    const tookMs: number[] = [];
    for (let asked = -10; asked < queries; asked += 1) {
      const query = question(random);
      const startedMs = performance.now();
      await searchText(database, { orgId, filter: { userId }, query, limit: 10 });
      if (asked >= 0) tookMs.push(performance.now() - startedMs);
    }
    return tookMs;
  };
  return {
    "all memories of the organisation": await ask(undefined),
    "memories of one user": await ask("user 7"),
  };
}

type Random = (below: number) => number;

const verbs =
  "likes loves hates plays visited bought sold paints studies teaches collects misses owns reads".split(" ");
const kinds = "old new red blue small large Italian French spicy quiet broken famous local wild".split(" ");
const things =
  "tea coffee chess guitar piano dog cat garden bicycle novel mountain lake bakery museum sweater camera ferry castle".split(
    " ",
  );
const circumstances =
  "every morning|on Sundays|with friends|since last year|for work|in the winter|at home".split("|");

/** One of 40,000 rare words. */
const nameOf = (random: Random) => {
  const syllable = () => "bcdfghklmnprstvz"[random(16)]! + "aeiou"[random(5)]!;
  const name = syllable() + syllable() + syllable().slice(0, 1 + random(2));
  return name[0]!.toUpperCase() + name.slice(1);
};
const pick = (random: Random, from: readonly string[]) => from[random(from.length)]!;

const sentence = (random: Random) =>
  `User ${pick(random, verbs)} ${pick(random, kinds)} ${pick(random, things)} of ${nameOf(random)} ${pick(random, circumstances)}.`;

function question(random: Random): string {
  const thing = pick(random, things);
  const questions = [
    `What ${thing} does the user like?`,
    `Which ${pick(random, kinds)} ${thing} did they buy ${pick(random, circumstances)}?`,
    `${thing} of ${nameOf(random)}`,
    `${thing.slice(0, 2)}${thing.slice(3)} in the ${pick(random, things)}`, // a letter is missing
    `${pick(random, kinds)} ${pick(random, things)}, ${pick(random, kinds)} ${pick(random, things)}`,
  ];
  return pick(random, questions);
}

/** A generator of pseudo-random numbers below a bound, with a fixed seed (Lehmer's). */
function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.floor((state / 2_147_483_647) * below);
  };
}
