// Mining on a real PostgreSQL: workers that die, texts that cannot be read, and memories that change meanwhile.
import type { MemoryId } from "@memlane/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newId } from "../src/base/new-id.ts";
import type { Database } from "../src/database/database.ts";
import { createLogger } from "../src/logging/logger.ts";
import { eraseMemory } from "../src/memories/erase-memory.ts";
import { forgetMemory } from "../src/memories/forget-memory.ts";
import { newMemoryOfItem } from "../src/memories/new-memory-of-item.ts";
import { openDatabase } from "../src/open-database.ts";
import { createOfflineExtractor } from "../src/pipeline/extract/english/offline-extractor.ts";
import { tripleOf } from "../src/pipeline/statement/triple.ts";
import { createTextStages, type TextStages } from "../src/pipeline/text-stages.ts";
import { listFacts } from "../src/store/facts.ts";
import { insertAndReadMemories } from "../src/store/memories.ts";
import { changeMemory, countProcessing, listWrites, readMemoryHistory } from "../src/store/mined-memories.ts";
import { claimMemories, endMining } from "../src/store/mining.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { startMining } from "../src/worker/mining-loop.ts";
import { workerDefaults } from "./default-options.ts";
import { createTestDatabase } from "./test-database.ts";

const log = createLogger("silent");
const stages = createTextStages(createOfflineExtractor());
const org = "org";
let database: Database;
beforeAll(async () => {
  const databaseUrl = await createTestDatabase();
  database = await openDatabase({ databaseUrl, dataDirectory: "", as: "owner", log });
  await insertOrg(database, org);
}, 30_000);
afterAll(() => database?.close());
beforeEach(() => database.query("delete from memlane.memory"));

const write = async (...contents: string[]) => {
  const items = contents.map((content) => newMemoryOfItem({ content, user_id: "ann" }, newId() as MemoryId));
  return (await insertAndReadMemories(database, org, items)).map(({ id }) => id);
};
const claim = () => claimMemories(database, { limit: 1, leaseMs: 60_000, after: "" });

/** Mines until nothing is left to mine. */
async function mine(textStages: TextStages): Promise<void> {
  const signals = { onQueued: () => () => {} };
  const audit = () => {};
  const mining = startMining({
    ...workerDefaults,
    database,
    textStages,
    signals,
    audit,
    log,
    maximumAttempts: 2,
  });
  try {
    await expect.poll(() => countProcessing(database, org, undefined), { timeout: 30_000 }).toBe(0);
  } finally {
    await mining.stop();
  }
}
/** How many statements wait for a lock. */
async function countWaiting(): Promise<number> {
  const waiting = await database.query(
    "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
  );
  return waiting.length;
}
const textsOf = async () => {
  const facts = await listFacts(database, org, {}, { limit: 100, offset: 0 });
  return facts.map(({ predicate, object }) => `${predicate} ${object}`).toSorted();
};

test("memories of one user are mined together, and each fact once", async () => {
  await write("I live in Rome.", "I like tea.", "I like tea.");
  let readings = 0;
  await mine({
    ...stages,
    read(conversation, options) {
      readings += 1;
      return stages.read(conversation, options);
    },
  });
  expect(readings).toBe(1);
  expect(await textsOf()).toEqual(["likes tea", "lives in Rome"]);
});

test("one claim takes up to 50 memories of one user, also if those of another user lie between them", async () => {
  const items = Array.from({ length: 120 }, (_, at) =>
    newMemoryOfItem({ content: "I like tea.", user_id: at % 2 === 0 ? "ann" : "bob" }, newId() as MemoryId),
  );
  await insertAndReadMemories(database, org, items);
  const claimed = await claim();
  expect(claimed).toHaveLength(50);
  expect(new Set(claimed.map(({ userId }) => userId))).toHaveLength(1);
});

test("a memory whose worker died is mined when its lease runs out", async () => {
  await write("I live in Rome.");
  expect(await claim()).toHaveLength(1);
  expect(await claim()).toHaveLength(0);
  await database.query("update memlane.mining set due_at = now()"); // its lease runs out
  await mine(stages);
  expect(await textsOf()).toEqual(["lives in Rome"]);
});

test("a text that cannot be read fails alone", async () => {
  const [, bad] = await write("I live in Rome.", "doom", "I like tea.");
  await mine({
    ...stages,
    read(conversation, options) {
      const isDoomed = conversation.messages.some(({ content }) => content === "doom");
      if (isDoomed) throw new Error("no such rule");
      return stages.read(conversation, options);
    },
  });
  expect(await textsOf()).toEqual(["likes tea", "lives in Rome"]);
  const failed = await listWrites(database, org, { status: "error" }, 10);
  expect(failed.map(({ id }) => id)).toEqual([bad]);
});

test("a memory that is changed while it is mined is mined again, and its old facts are not stored", async () => {
  const [id] = await write("I live in Rome.");
  let isChanged = false;
  await mine({
    ...stages,
    async read(conversation, options) {
      const reading = await stages.read(conversation, options);
      if (!isChanged)
        await changeMemory(database, org, id!, { text: "I live in Oslo.", expectedUpdatedAt: undefined });
      isChanged = true;
      return reading;
    },
  });
  expect(await textsOf()).toEqual(["lives in Oslo"]);
  expect(await listFacts(database, org, { includeInvalidated: true }, { limit: 9, offset: 0 })).toHaveLength(
    1,
  );
});

test("a fact ends when the last memory that states it is changed, also if another one was forgotten", async () => {
  const [one, other] = await write("I like tea.", "I like tea.");
  await mine(stages);
  await forgetMemory(database, org, one!);
  await changeMemory(database, org, other!, { text: "I live in Oslo.", expectedUpdatedAt: undefined });
  await mine(stages);
  expect(await textsOf()).toEqual(["lives in Oslo"]);
});

test("a fact is erased with the last memory that states it, also if another one stated it before", async () => {
  const [one, other] = await write("I like tea.", "I like tea.");
  await mine(stages);
  await changeMemory(database, org, other!, { text: "I live in Oslo.", expectedUpdatedAt: undefined });
  await mine(stages);
  await eraseMemory(database, org, one!);
  expect(await textsOf()).toEqual(["lives in Oslo"]);
});

test("a fact ends when all memories that state it are forgotten at once", async () => {
  for (let round = 0; round < 5; round += 1) {
    const ids = await write("I like tea.", "I like tea.", "I like tea.");
    await mine(stages);
    await Promise.all(ids.map((id) => forgetMemory(database, org, id)));
    expect(await textsOf()).toEqual([]);
  }
});

test.each([
  ["forgotten", forgetMemory],
  ["erased", eraseMemory],
] as const)("a memory that is %s while its mining commits leaves no fact", async (_, remove) => {
  const [id] = await write("I like tea.");
  const memories = await claim();
  const factId = newId() as MemoryId;
  const removed = Promise.withResolvers<unknown>();
  await database.transaction(async (sql) => {
    const text = "User likes tea.";
    const fact = { id: factId, type: "fact", text, user_id: "ann", triple: tripleOf(text, null) } as const;
    await insertAndReadMemories(sql, org, [fact]);
    await endMining(sql, org, { memories, unread: new Set(), facts: [{ memoryId: id!, factId }] });
    removed.resolve(remove(database, org, id!));
    await expect.poll(countWaiting).toBe(1);
  });
  await removed.promise;
  expect(await textsOf()).toEqual([]);
});

test("the history of a memory and the sources of a fact are bounded", async () => {
  const [id] = await write("I like tea.");
  await mine(stages);
  await database.query(
    `with fact as (select * from memlane.memory where subject is not null), many as (
       insert into memlane.memory (id, org_id, type, text, user_id, verbatim)
       select gen_random_uuid(), $1, 'fact', 'I like tea.', 'ann', true from generate_series(1, 600) returning id
     ), sources as (
       insert into memlane.fact_source (fact_id, memory_id) select fact.id, many.id from fact, many
     ), old as (
       insert into memlane.memory (id, org_id, type, text, user_id, status, invalid_at, subject, predicate, object)
       select gen_random_uuid(), $1, 'fact', 'x', 'ann', 'retracted', now(), 'self', 'likes', 'x' from generate_series(1, 600)
       returning id
     )
     insert into memlane.fact_source (fact_id, memory_id, dropped_at) select old.id, $2, now() from old`,
    [org, id],
  );
  const [fact] = await listFacts(database, org, {}, { limit: 1, offset: 0 });
  expect(fact!.sourceMemoryIds).toHaveLength(100);
  expect(await readMemoryHistory(database, org, id!)).toHaveLength(500);
});
