// Embedding of memories, on a real PostgreSQL.
import { setTimeout as sleep } from "node:timers/promises";
import type { MemoryId } from "@memlane/core";
import { expect, onTestFinished, test } from "vitest";
import { connectPostgres } from "../src/database/postgres.ts";
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
