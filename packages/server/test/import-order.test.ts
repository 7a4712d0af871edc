// Conversations with dates that arrive in any order, on a real PostgreSQL.
import type { JobId } from "@memlane/core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { createOfflineExtractor } from "../src/pipeline/extract/english/offline-extractor.ts";
import { runPipeline } from "../src/pipeline/pipeline.ts";
import { createTextStages } from "../src/pipeline/text-stages.ts";
import { insertMemories } from "../src/store/memories.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { newId } from "../src/base/new-id.ts";
import { openTestDatabase } from "./test-database.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await insertOrg(database, "org");
});
afterAll(() => database.close());

const textStages = createTextStages(createOfflineExtractor());
let users = 0;

/** Stores conversations of a new user, and returns the texts of the user's active memories. */
async function remember(conversations: readonly (readonly { date: string; content: string }[])[]) {
  const userId = `user ${(users += 1)}`;
  for (const messages of conversations) {
    await runPipeline({
      conversation: {
        messages: messages.map((message) => ({ role: "user", ...message })),
        timestampFormat: null,
        userId,
        arrivedAt: new Date(),
      },
      owner: {
        orgId: "org",
        jobId: newId() as JobId,
        userId,
        agentId: null,
        appId: null,
        conversationId: "conversation",
      },
      textStages,
      keepsMessages: false,
      database,
      insertMemories: async (sql, memories) => {
        await insertMemories(sql, "org", memories);
      },
      end: async () => ({}),
      signal: new AbortController().signal,
    });
  }
  const active = await database.query<{ text: string }>(
    "select text from memlane.memory where user_id = $1 and status = 'active' order by text",
    [userId],
  );
  return active.map(({ text }) => text);
}

const content = fc.constantFrom(
  "I live in Paris.",
  "I live in Oslo.",
  "I work at Google.",
  "I quit my job.",
  "I have a dog named Rex.",
  "I don't have a dog anymore.",
  "I love sushi.",
  "I hate sushi.",
  "I eat meat every day.",
  "I am vegetarian.",
);
const conversations = fc
  .array(fc.array(content, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 6 })
  .map((days) =>
    days.map((contents, day) =>
      contents.map((each, hour) => ({
        date: new Date(Date.UTC(2020, 0, day + 1, hour)).toISOString(),
        content: each,
      })),
    ),
  )
  .chain((inOrder) =>
    fc.tuple(fc.constant(inOrder), fc.shuffledSubarray(inOrder, { minLength: inOrder.length })),
  );

test("conversations that arrive in any order leave the same active memories as in the order of their dates", async () => {
  await fc.assert(
    fc.asyncProperty(conversations, async ([inOrder, shuffled]) => {
      expect(await remember(shuffled)).toEqual(await remember(inOrder));
    }),
    { numRuns: 40 },
  );
}, 60_000);

test("a conversation that arrives again stores nothing", async () => {
  await fc.assert(
    fc.asyncProperty(conversations, async ([inOrder, shuffled]) => {
      await remember([...inOrder, ...shuffled]);
      const [once] = await database.query<{ count: number }>(
        "select count(*)::integer as count from memlane.memory where user_id = $1",
        [`user ${users}`],
      );
      await remember(inOrder);
      const [twice] = await database.query<{ count: number }>(
        "select count(*)::integer as count from memlane.memory where user_id = $1",
        [`user ${users}`],
      );
      expect(once).toEqual(twice);
    }),
    { numRuns: 20 },
  );
}, 60_000);
