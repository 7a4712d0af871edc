import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { firstIdAt } from "../base/first-id-at.ts";
import type { Database } from "../database/database.ts";
import {
  listUnembedded,
  lockEmbedding,
  storeRefusedEmbeddings,
  storeVectors,
} from "../store/memory-vectors.ts";
import { copyToPgvector } from "../store/pgvector.ts";
import type { Vector } from "../store/vector.ts";
import type { Embedder } from "./embedder.ts";

const textsPerTurn = 64;
const copiesPerTurn = 500;
const pollMs = 1000;
const pauseMs = 30_000; // after a failure
const settledMs = 600_000; // a memory is committed long before its id is this old
const dimensionsMs = 600_000; // how long a known number of dimensions is not checked again
const sample = "hello"; // its vector has as many dimensions as all others

/** Running embedding. */
export interface Embedding {
  readonly stop: () => Promise<void>;
}

/**
 * Makes vectors for memories without one: new and edited memories, memories from before there was an embedder, and memories whose
 * vector is of another model or has another number of dimensions. One process at a time does it. It repeats a request that fails.
 * If the model refuses some texts and accepts others, it does not send the refused ones again.
 */
export function startEmbedding(database: Database, embedder: Embedder, log: Logger): Embedding {
  const stopping = new AbortController();
  const { signal } = stopping;
  let after = firstIdAt(0); // all memories before it have a vector, were refused, or are in the list of edited ones
  let copiedUpTo = after; // all memories before it have a copy in pgvector, if there is pgvector
  let dimensions = 0; // of the vectors that the model currently makes
  let checkDimensionsAtMs = 0;
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
      const dimensionsBefore = dimensions;
      if (performance.now() >= checkDimensionsAtMs) await embed([sample]);
      const memories = await listUnembedded(sql, {
        model: embedder.model,
        dimensions,
        after,
        limit: textsPerTurn,
      });
      if (memories.length > 0) {
        const vectors = await embed(memories.map(({ text }) => text));
        const embedded = memories.flatMap((memory, at) =>
          vectors[at] === undefined ? [] : [{ ...memory, vector: vectors[at] }],
        );
        const refused = memories.filter((_, at) => vectors[at] === undefined);
        await storeVectors(sql, embedder.model, embedded);
        await copyToPgvector(sql, embedder.model, { ids: embedded.map(({ id }) => id) });
        if (refused.length > 0) {
          await storeRefusedEmbeddings(sql, embedder.model, refused);
          log.warn(
            { memories: refused.length, model: embedder.model },
            "the embedder refuses some memories; they are found by their text",
          );
        }
      }
      // Vectors from before there was pgvector.
      const copied = await copyToPgvector(sql, embedder.model, { after: copiedUpTo, limit: copiesPerTurn });
      if (memories.length === textsPerTurn || copied === copiesPerTurn || dimensions !== dimensionsBefore)
        return true;
      after = firstIdAt(Date.now() - settledMs);
      if (copied !== undefined) copiedUpTo = after;
      return false;
    });
  }

  /** Embeds some texts. If the vectors have a new number of dimensions, all memories need new ones. */
  async function embed(texts: readonly string[]): Promise<readonly (Vector | undefined)[]> {
    const vectors = await embedder.embed(texts, { signal, tries: 3 });
    const length = vectors.find((vector) => vector !== undefined)?.length;
    if (length !== undefined) {
      if (length !== dimensions) after = copiedUpTo = firstIdAt(0);
      dimensions = length;
      checkDimensionsAtMs = performance.now() + dimensionsMs;
    }
    return vectors;
  }
}
