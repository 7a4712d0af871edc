import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { listUnembedded, lockEmbedding, storeVectors } from "../store/memory-vectors.ts";
import { copyToPgvector } from "../store/pgvector.ts";
import type { Embedder } from "./embedder.ts";

const textsPerRequest = 64;
const copiesPerTurn = 500;
const pollMs = 1000;
const pauseMs = 30_000; // after a failure
const settledMs = 600_000; // older memories have been committed for long

/** Embedding that goes on until it is stopped. */
export interface Embedding {
  readonly stop: () => Promise<void>;
}

/**
 * Gives vectors to memories that have none: new ones, those from before there was an embedder, and those with vectors of another
 * model. One process at a time does it. What fails is tried again later.
 */
export function startEmbedding(database: Database, embedder: Embedder, log: Logger): Embedding {
  const stopping = new AbortController();
  const { signal } = stopping;
  let after = firstIdAt(0); // all before it have a vector
  let copiedUpTo = after; // all before it have a copy in pgvector, if there is pgvector
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };

  async function run(): Promise<void> {
    while (!signal.aborted) {
      let delayMs = pollMs;
      try {
        if (await embedSome()) delayMs = 0;
      } catch (error) {
        if (signal.aborted) break;
        log.warn(
          { err: error, model: embedder.model },
          "cannot embed memories; they are found by their text",
        );
        delayMs = pauseMs;
      }
      await sleep(delayMs, undefined, { signal }).catch(() => {});
    }
  }

  /** Returns whether there may be more. */
  async function embedSome(): Promise<boolean> {
    return database.transaction(async (sql) => {
      if (!(await lockEmbedding(sql))) return false;
      const memories = await listUnembedded(sql, embedder.model, after, textsPerRequest);
      if (memories.length > 0) {
        const vectors = await embedder.embed(
          memories.map(({ text }) => text),
          { signal, tries: 3 },
        );
        await storeVectors(sql, embedder.model, new Map(memories.map(({ id }, at) => [id, vectors[at]!])));
      }
      // Also vectors from before there was pgvector.
      const copied = await copyToPgvector(sql, embedder.model, copiedUpTo, copiesPerTurn);
      if (memories.length === textsPerRequest || copied === copiesPerTurn) return true;
      after = firstIdAt(Date.now() - settledMs);
      if (copied !== undefined) copiedUpTo = after;
      return false;
    });
  }
}

/** The lowest UUIDv7 of this time. */
function firstIdAt(ms: number): string {
  const hex = ms.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
