// Runs the tests with pgvector in PGlite (PostgreSQL as WebAssembly), because our embedded PostgreSQL
// lacks it. Runs them in the PostgreSQL of the tests too, if that has pgvector.
import { PGlite, type Transaction } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { vector } from "@electric-sql/pglite-pgvector";
import type { MemoryId } from "@memlane/core";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database, Sql } from "../src/database/database.ts";
import { migrate } from "../src/database/migrate.ts";
import { readMigrations } from "../src/database/read-migrations.ts";
import type { Embedder } from "../src/embedding/embedder.ts";
import { startEmbedding } from "../src/embedding/embed-memories.ts";
import { vectorOf } from "../src/store/vector.ts";
import { createLogger } from "../src/logging/logger.ts";
import { newId } from "../src/base/new-id.ts";
import { createSearch } from "../src/search/search.ts";
import { insertMemories } from "../src/store/memories.ts";
import type { NewMemory } from "../src/store/memory-columns.ts";
import { listNearest, storeVectors } from "../src/store/memory-vectors.ts";
import { insertOrg } from "../src/store/orgs.ts";
import { copyToPgvector, listNearestByPgvector, preparePgvector } from "../src/store/pgvector.ts";
import { openTestDatabase } from "./test-database.ts";

const log = createLogger("silent");

const sqlOf = (connection: PGlite | Transaction): Sql => ({
  async query<Row>(statement: string | { readonly text: string }, parameters: readonly unknown[] = []) {
    const text = typeof statement === "string" ? statement : statement.text;
    if (parameters.length === 0) return ((await connection.exec(text)).at(-1)?.rows ?? []) as Row[];
    return (await connection.query<Row>(text, [...parameters])).rows;
  },
});

async function openPglite(): Promise<Database> {
  const pglite = await PGlite.create({ extensions: { pg_trgm, vector } });
  const database: Database = {
    ...sqlOf(pglite),
    transaction: (work) => pglite.transaction((transaction) => work(sqlOf(transaction))),
    listen: (channel, hear) => pglite.listen(channel, hear),
    close: () => pglite.close(),
  };
  await migrate(database, await readMigrations());
  return database;
}

const testDatabase = await openTestDatabase();
const available = await testDatabase.query("select from pg_available_extensions where name = 'vector'");
await testDatabase.close();
const kinds = [{ kind: "PGlite", open: openPglite }];
if (available.length > 0) kinds.push({ kind: "the PostgreSQL of the tests", open: () => openTestDatabase() });

let database: Database;

/** Stores memories with vectors, and returns their ids. */
async function remember(
  orgId: string,
  model: string,
  ...memories: [vector: readonly number[], more?: Partial<NewMemory>][]
): Promise<MemoryId[]> {
  const made = memories.map(([embedding, more], index) => ({
    id: newId() as MemoryId,
    vector: vectorOf(embedding),
    memory: { type: "fact" as const, text: `Memory ${index}.`, ...more },
  }));
  await insertMemories(
    database,
    orgId,
    made.map(({ id, memory }) => ({ id, ...memory })),
  );
  await storeVectors(
    database,
    model,
    made.map(({ memory, ...embedded }) => ({ ...embedded, text: memory.text })),
  );
  return made.map(({ id }) => id);
}

const everything = { after: "00000000-0000-0000-0000-000000000000", limit: 100 };
const copyAll = async (model: string) => {
  while (((await copyToPgvector(database, model, everything)) ?? 0) > 0);
};

test("without the extension no table is created, and nothing is copied", async () => {
  database = await openTestDatabase();
  expect(await preparePgvector(database)).toBe(false);
  expect(await database.query("select to_regclass('memlane.memory_direction') as name")).toEqual([
    { name: null },
  ]);
  expect(await copyToPgvector(database, "small", everything)).toBe(undefined);
  await database.close();
});

describe.each(kinds)("with the extension, in $kind", ({ open }) => {
  beforeAll(async () => {
    database = await open();
    await insertOrg(database, "org");
    await insertOrg(database, "other");
    await database.query("create extension vector");
    expect(await preparePgvector(database)).toBe(true);
    expect(await preparePgvector(database)).toBe(true); // the next start
    return () => database.close();
  }, 60_000);
  beforeEach(() => database.query("delete from memlane.memory"));

  test("pgvector finds the same memories as the search without it, in the same order", async () => {
    const component = fc.integer({ min: -127, max: 127 });
    const direction = fc
      .array(component, { minLength: 8, maxLength: 8 })
      .filter((embedding) => embedding.some((value) => value !== 0));
    const vectors = fc.sample(direction, { numRuns: 300, seed: 1 });
    await remember("org", "small", ...vectors.map((one): [number[]] => [one]));
    await copyAll("small");
    for (const wanted of fc.sample(direction, { numRuns: 20, seed: 2 })) {
      const search = [
        database,
        "org",
        { filter: {}, model: "small", wanted: vectorOf(wanted), limit: 10 },
      ] as const;
      const exact = await listNearest(...search);
      expect(exact).toHaveLength(10);
      expect(await listNearestByPgvector(...search)).toEqual(exact);
    }
  });

  test("pgvector finds an old memory among thousands of newer ones", async () => {
    const wanted = [0, 0, 0, 0, 0, 0, 3, 4];
    const [old] = await remember("org", "small", [wanted]);
    const component = fc.integer({ min: -50, max: 50 });
    const newer = fc.sample(fc.array(component, { minLength: 8, maxLength: 8 }), { numRuns: 2100, seed: 3 });
    await remember("org", "small", ...newer.map((one): [number[]] => [[...one.slice(1), 99]]));
    await copyAll("small");
    const search = [
      database,
      "org",
      { filter: {}, model: "small", wanted: vectorOf(wanted), limit: 5 },
    ] as const;
    expect((await listNearestByPgvector(...search))[0]).toBe(old);
    expect(await listNearest(...search)).not.toContain(old);
  });

  test("pgvector finds only active memories of the organisation, the user and the model", async () => {
    const near = [1, 0, 0];
    const [mine] = await remember("org", "small", [near, { user_id: "ann" }]);
    await remember(
      "org",
      "small",
      [near, { user_id: "bob" }],
      [near, { user_id: "ann", status: "superseded" }],
    );
    await remember("org", "other model", [near, { user_id: "ann" }]);
    await remember("other", "small", [near, { user_id: "ann" }]);
    await copyAll("small");
    await copyAll("other model");
    const found = listNearestByPgvector(database, "org", {
      filter: { userId: "ann" },
      model: "small",
      wanted: vectorOf(near),
      limit: 10,
    });
    expect(await found).toEqual([mine]);
    const longer = vectorOf([1, 0, 0, 0]);
    expect(
      await listNearestByPgvector(database, "org", { filter: {}, model: "small", wanted: longer, limit: 10 }),
    ).toEqual([]);
    const away = vectorOf([-1, 0, 0]);
    expect(
      await listNearestByPgvector(database, "org", { filter: {}, model: "small", wanted: away, limit: 10 }),
    ).toEqual([]);
  });

  test("a copy is deleted with its memory, and made again for another model", async () => {
    const [one, other] = await remember("org", "old", [[1, 0, 0]], [[0, 1, 0]]);
    await copyAll("old");
    await storeVectors(database, "it's new", [
      { id: one!, text: "Memory 0.", vector: vectorOf([1, 1]) },
      { id: other!, text: "Memory 1.", vector: vectorOf([1, -1]) },
    ]);
    await copyAll("it's new");
    const search = [
      database,
      "org",
      { filter: {}, model: "it's new", wanted: vectorOf([1, 2]), limit: 5 },
    ] as const;
    expect(await listNearestByPgvector(...search)).toEqual([one]);
    await database.query("delete from memlane.memory");
    expect(await database.query("select from memlane.memory_direction")).toEqual([]);
  });

  test("a copy is made again for another number of dimensions", async () => {
    const [one] = await remember("org", "small", [[1, 0, 0]]);
    await copyAll("small");
    await storeVectors(database, "small", [{ id: one!, text: "Memory 0.", vector: vectorOf([1, 0]) }]);
    await copyAll("small");
    expect(
      await listNearestByPgvector(database, "org", {
        filter: {},
        model: "small",
        wanted: vectorOf([1, 0]),
        limit: 5,
      }),
    ).toEqual([one]);
  });

  test("a search uses pgvector, also for memories whose vectors had no copy", async () => {
    const embedder: Embedder = {
      model: "small",
      embed: async (texts) => texts.map((text) => vectorOf(/dog|puppy/i.test(text) ? [1, 0.1] : [0.1, 1])),
    };
    await remember(
      "org",
      "small",
      [[1, 0.1], { text: "User has a dog." }],
      [[0.1, 1], { text: "User plays chess." }],
    );
    const embedding = startEmbedding(database, embedder, log);
    await expect.poll(() => database.query("select from memlane.memory_direction")).toHaveLength(2);
    await embedding.stop();
    const search = createSearch(log, { embedder, hasPgvector: true });
    const query = { orgId: "org", filter: {}, query: "Which puppy?", limit: 1 };
    const { memories, ranking } = await search(database, query, new AbortController().signal);
    expect([ranking, memories.map(({ text }) => text)]).toEqual(["hybrid", ["User has a dog."]]);
  });

  test("after the extension is recreated, the vectors are copied again and all memories are found", async () => {
    const [before] = await remember("org", "small", [[1, 0, 0]]);
    await copyAll("small");
    await database.query("drop extension vector cascade");
    expect(await copyToPgvector(database, "small", everything)).toBe(undefined);
    const [meanwhile] = await remember("org", "small", [[1, 0.1, 0]]);

    await database.query("create extension vector");
    expect(await preparePgvector(database)).toBe(true);
    await copyAll("small");
    const found = await listNearestByPgvector(database, "org", {
      filter: {},
      model: "small",
      wanted: vectorOf([1, 0, 0]),
      limit: 5,
    });
    expect(found).toEqual([before, meanwhile]);
  });
});
