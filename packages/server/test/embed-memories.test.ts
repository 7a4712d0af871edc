// Embedding of memories, on a real PostgreSQL.
import { setTimeout as sleep } from "node:timers/promises";
import type { MemoryId } from "@memlane/core";
import { expect, onTestFinished, test } from "vitest";
import { connectPostgres } from "../src/database/postgres.ts";
import type { Embedder } from "../src/embedding/embedder.ts";
import { startEmbedding } from "../src/embedding/embed-memories.ts";
import { createLogger } from "../src/logging/logger.ts";
import { newId } from "../src/base/new-id.ts";
import { insertMemories } from "../src/store/memories.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { createTestDatabase } from "./test-database.ts";

test("an embedder may take longer than a transaction may be idle", async () => {
  const log = createLogger("silent");
  const database = connectPostgres({ url: await createTestDatabase(), idleInTransactionMs: 200, log });
  onTestFinished(() => database.close());
  await insertOrg(database, "org");
  await insertMemories(database, "org", [{ id: newId() as MemoryId, type: "fact", text: "User likes tea." }]);
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
  const remember = (...more: string[]) =>
    insertMemories(
      database,
      "org",
      more.map((text) => ({ id: newId() as MemoryId, type: "fact", text })),
    );
  await remember(...texts);
  const embedded: string[] = [];
  let dimensions = 3;
  const embedder: Embedder = {
    model: "small",
    async embed(given) {
      embedded.push(...given);
      return given.map((text) => (text === "bad" ? undefined : new Int8Array(dimensions).fill(1)));
    },
  };
  return {
    embedded,
    remember,
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
