// Embedding of memories, on a real PostgreSQL.
import { setTimeout as sleep } from "node:timers/promises";
import type { MemoryId } from "@memlane/core";
import { expect, onTestFinished, test } from "vitest";
import { connectPostgres } from "../src/database/postgres.ts";
import type { Embedder } from "../src/embedding/embedder.ts";
import { startEmbedding } from "../src/embedding/embed-memories.ts";
import { createLogger } from "../src/logging/logger.ts";
import { firstIdAt } from "../src/base/first-id-at.ts";
import { newId } from "../src/base/new-id.ts";
import { insertAndReadMemories } from "../src/store/memories.ts";
import { changeMemory } from "../src/store/mined-memories.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { createTestDatabase } from "./test-database.ts";

test("an embedder may take longer than a transaction may be idle", async () => {
  const log = createLogger("silent");
  const database = connectPostgres({ url: await createTestDatabase(), idleInTransactionMs: 200, log });
  onTestFinished(() => database.close());
  await insertOrg(database, "org");
  await insertAndReadMemories(database, "org", [
    { id: newId() as MemoryId, type: "fact", text: "User likes tea." },
  ]);
  const embed = async (texts: readonly string[]) => {
    await sleep(500);
    return texts.map(() => Int8Array.of(1, 2, 3));
  };
  const embedding = startEmbedding(database, { model: "slow", embed }, log);
  onTestFinished(embedding.stop);
  await expect
    .poll(() => database.query("select model from memlane.memory_vector"), { timeout: 5000 })
    .toEqual([{ model: "slow" }]);
});

/** A database with an organisation and memories with these texts, and the loop that embeds them. */
async function start(...texts: string[]) {
  const log = createLogger("silent");
  const database = connectPostgres({ url: await createTestDatabase(), log });
  onTestFinished(() => database.close());
  await insertOrg(database, "org");
  const write = (ids: readonly MemoryId[], more: readonly string[]) =>
    insertAndReadMemories(
      database,
      "org",
      more.map((text, at) => ({ id: ids[at]!, type: "fact", text, verbatim: true })),
    );
  const remember = (...more: string[]) =>
    write(
      more.map(() => newId() as MemoryId),
      more,
    );
  await remember(...texts);
  const embedded: string[] = [];
  let dimensions = 3;
  let beforeAnswer = async (_: readonly string[]) => {};
  const embedder: Embedder = {
    model: "small",
    async embed(given) {
      embedded.push(...given);
      await beforeAnswer(given);
      return given.map((text) => (text === "bad" ? undefined : new Int8Array(dimensions).fill(1)));
    },
  };
  return {
    database,
    embedded,
    remember,
    /** Stores a memory with an id of an hour ago. */
    writeOld: async (text: string) => {
      const id = firstIdAt(Date.now() - 3_600_000) as MemoryId;
      await write([id], [text]);
      return id;
    },
    edit: (id: MemoryId, text: string) =>
      changeMemory(database, "org", id, { text, expectedUpdatedAt: undefined }),
    beforeAnswer: (act: typeof beforeAnswer) => (beforeAnswer = act),
    changeDimensions: () => (dimensions = 5),
    begin: () => {
      const embedding = startEmbedding(database, embedder, log);
      onTestFinished(embedding.stop);
      return embedding;
    },
    lengths: async () => {
      const rows = await database.query<{ text: string; length: number }>(
        `select text, octet_length(vector) as length
         from memlane.memory join memlane.memory_vector on memory_id = id order by id`,
      );
      return rows.map(({ text, length }) => `${text} ${length}`);
    },
  };
}

test("a text that the model refuses does not affect others, and is not tried again", async () => {
  const { embedded, remember, begin, lengths } = await start("one", "bad", "two");
  const embedding = begin();
  await expect.poll(lengths).toEqual(["one 3", "two 3"]);
  await embedding.stop();
  await remember("three");
  begin(); // another process
  await expect.poll(lengths).toEqual(["one 3", "two 3", "three 3"]);
  expect(embedded.filter((text) => text === "bad")).toHaveLength(1);
});

test("a memory that is edited gets the vector of its new text, however old it is", async () => {
  const { begin, database, edit, lengths, writeOld } = await start("new");
  begin();
  await expect.poll(lengths).toEqual(["new 3"]);
  await edit(await writeOld("I live in Lima."), "I live in Quito.");
  await expect.poll(lengths).toEqual(["I live in Quito. 3", "new 3"]);
  expect(await database.query("select from memlane.edited_text")).toEqual([]);
});

test("a vector of a text that was edited while the model made it is not kept", async () => {
  const { beforeAnswer, begin, edit, embedded, lengths, remember } = await start();
  const [memory] = await remember("I live in Lima.");
  beforeAnswer(async (texts) => {
    if (texts.includes("I live in Lima.")) await edit(memory!.id, "I live in Quito.");
  });
  begin();
  await expect.poll(lengths).toEqual(["I live in Quito. 3"]);
  expect(embedded).toContain("I live in Quito.");
});

test("if the model's vectors have a new number of dimensions, all memories are embedded again", async () => {
  const { remember, changeDimensions, begin, lengths } = await start("one", "two");
  begin();
  await expect.poll(lengths).toEqual(["one 3", "two 3"]);
  changeDimensions();
  await remember("three");
  await expect.poll(lengths).toEqual(["one 5", "two 5", "three 5"]);
});

test("a new number of dimensions is also found after a restart, without a new memory", async () => {
  const { changeDimensions, begin, lengths } = await start("one");
  const embedding = begin();
  await expect.poll(lengths).toEqual(["one 3"]);
  await embedding.stop();
  changeDimensions();
  begin();
  await expect.poll(lengths).toEqual(["one 5"]);
});
