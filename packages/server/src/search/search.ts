import type { MemoryId } from "@memlane/core";
import type { Memory } from "@memlane/core/internal";
import type { Logger } from "pino";
import type { Sql } from "../database/database.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Vector } from "../store/vector.ts";
import { readMemories } from "../store/memories.ts";
import { listNearest } from "../store/memory-vectors.ts";
import { listNearestByPgvector } from "../store/pgvector.ts";
import type { FoundMemory } from "../store/search-memories.ts";
import { fuse } from "./fuse.ts";
import { searchText, type TextQuery } from "./search-text.ts";

/** The result of a search. */
interface Found {
  readonly memories: readonly FoundMemory[];
  /** `hybrid` means by text and by meaning. It is `text` if no memory was found by its meaning. */
  readonly ranking: "text" | "hybrid";
}

/** Finds an organisation's memories. */
export type Search = (sql: Sql, query: TextQuery, signal: AbortSignal) => Promise<Found>;

/** Results taken from each ranking before fusion. */
const depth = 100;

/** How long an embedder is not asked after a failure, in milliseconds, so that not every search waits for it. */
const restMs = 30_000;

/** What a search can use in addition to text. */
interface SearchOptions {
  readonly embedder?: Embedder | undefined;
  /** Whether the database has pgvector: the result of `preparePgvector`. */
  readonly hasPgvector?: boolean;
}

/** A search by text, and by meaning too if there is an embedder and it answers. */
export function createSearch(log: Logger, { embedder, hasPgvector = false }: SearchOptions = {}): Search {
  const findNearest = hasPgvector ? listNearestByPgvector : listNearest;
  let restsUntilMs = 0;

  async function readVector(query: string, signal: AbortSignal): Promise<Vector | undefined> {
    if (embedder === undefined || performance.now() < restsUntilMs) return undefined;
    try {
      return (await embedder.embed([query], { signal, tries: 1 }))[0];
    } catch (error) {
      signal.throwIfAborted();
      restsUntilMs = performance.now() + restMs;
      log.warn(
        { err: error, model: embedder.model },
        `cannot embed a query: search is by text alone for ${restMs / 1000} s`,
      );
      return undefined;
    }
  }

  return async (sql, request, signal) => {
    const { orgId, filter, query, limit } = request;
    const byText = searchText(
      sql,
      // An embedder finds topics by their meaning.
      embedder === undefined
        ? { ...request, widensTopics: true }
        : { ...request, limit: Math.max(limit, depth) },
    );
    const [texts, vector] = await Promise.all([byText, readVector(query, signal)]);
    if (embedder === undefined || vector === undefined)
      return { memories: texts.slice(0, limit), ranking: "text" };
    const nearest = await findNearest(sql, orgId, {
      filter,
      model: embedder.model,
      wanted: vector,
      limit: depth,
    });
    if (nearest.length === 0) return { memories: texts.slice(0, limit), ranking: "text" };
    const best = fuse<MemoryId>([texts.map(({ id }) => id), nearest]).slice(0, limit);
    const byId = new Map<MemoryId, Memory>(texts.map((memory) => [memory.id, memory]));
    const others = best.map(([id]) => id).filter((id) => !byId.has(id));
    for (const memory of await readMemories(sql, orgId, others)) byId.set(memory.id, memory);
    return {
      memories: best.flatMap(([id, score]) => {
        const memory = byId.get(id);
        return memory === undefined ? [] : { ...memory, score };
      }),
      ranking: "hybrid",
    };
  };
}
