// Searches for true statements about users. Counts how often one of the first five results is of the right user: with our search in
// memories, and with BM25 in what users said.
import type { MemoryId } from "@memlane/core";
import { withStore } from "../bench/store.ts";
import { newId } from "../src/base/new-id.ts";
import { insertMemories } from "../src/store/memories.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { searchText } from "../src/search/search-text.ts";
import { createBm25 } from "./bm25.ts";
import type { KnownSpeaker } from "./recovery.ts";

/** The shares of statements whose user is among the first five results. */
export interface Recall {
  readonly memories: number;
  readonly bm25: number;
}

const orgId = "eval";
const firstResults = 5;
const inFlight = 4;

/** Measures both with the same statements and users, in a new embedded database. */
export async function measureRecall(known: readonly KnownSpeaker[]): Promise<Recall> {
  const turns = known.flatMap(({ speaker: { userId, turns: said } }) =>
    said.map((text) => ({ userId, text })),
  );
  const bm25 = createBm25(turns.map(({ text }) => text));
  return withStore(async ({ database }) => {
    await insertOrg(database, orgId);
    for (const { speaker, memories } of known) {
      const rows = memories.map((text) => ({
        id: newId() as MemoryId,
        type: "fact" as const,
        text,
        user_id: speaker.userId,
      }));
      await insertMemories(database, orgId, rows);
    }
    await database.query("analyze memlane.memory");
    const questions = known.flatMap(({ speaker: { userId, persona } }) =>
      persona.map((statement) => ({ userId, statement })),
    );
    const waiting = questions.values();
    let foundByMemory = 0;
    const ask = async () => {
      for (const { userId, statement } of waiting) {
        const found = await searchText(database, {
          orgId,
          filter: {},
          query: statement,
          limit: firstResults,
        });
        if (found.some((memory) => memory.userId === userId)) foundByMemory += 1;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, ask));
    const foundByTurn = questions.filter(({ userId, statement }) =>
      bm25(statement, firstResults).some((at) => turns[at]?.userId === userId),
    );
    return { memories: foundByMemory / questions.length, bm25: foundByTurn.length / questions.length };
  });
}
