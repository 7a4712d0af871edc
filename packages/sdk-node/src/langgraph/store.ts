import type { BatchMemoryWire, Client } from "@memlane/core";
import {
  BaseStore,
  type GetOperation,
  type Item,
  type ListNamespacesOperation,
  type Operation,
  type OperationResults,
  type PutOperation,
  type SearchOperation,
} from "@langchain/langgraph";
import * as z from "zod/mini";
import { matchesFilter } from "./filter.ts";
import { matchesNamespace, namespaceOf, userOf } from "./namespace.ts";

type Memories = Pick<Client["memories"], "create" | "delete" | "listWritten" | "searchWritten">;
type StoreClient = { readonly memories: Memories; readonly users: Pick<Client["users"], "list"> };
type FoundItem = Item & { score?: number };

// What a search returns at most.
const mostFound = 50;

const itemMetadata = z.object({
  key: z.string(),
  value: z.record(z.string(), z.unknown()),
  created_at: z.string(),
  updated_at: z.string(),
});

/**
 * A store for graphs. An item is a memory: its namespace is the memory's user, its key the `run_id`, and its texts are the content, so
 * a search with `query` finds it. A value has at most about 8,000 bytes as JSON. `index` is ignored.
 *
 * @example
 * import { createMemlaneStore } from "@memlane/sdk-node/langgraph";
 *
 * const store = createMemlaneStore(client);
 * await store.put(["notes", "ann"], "drink", { text: "Likes tea." });
 * const [note] = await store.search(["notes"], { query: "tea" });
 */
export function createMemlaneStore(client: StoreClient): BaseStore {
  return new MemlaneStore(client);
}

class MemlaneStore extends BaseStore {
  readonly #client: StoreClient;

  constructor(client: StoreClient) {
    super();
    this.#client = client;
  }

  override async batch<Operations extends Operation[]>(
    operations: Operations,
  ): Promise<OperationResults<Operations>> {
    const results: unknown[] = [];
    // One after another, because an operation may read what an earlier one has written.
    for (const operation of operations) results.push(await this.#run(operation));
    return results as OperationResults<Operations>;
  }

  #run(operation: Operation): Promise<Item | null | FoundItem[] | string[][] | void> {
    if ("value" in operation) return this.#put(operation);
    if ("key" in operation) return this.#get(operation);
    if ("namespacePrefix" in operation) return this.#search(operation);
    return this.#listNamespaces(operation);
  }

  async #get({ namespace, key }: GetOperation): Promise<Item | null> {
    const memories = this.#client.memories.listWritten({ user_id: userOf(namespace), run_id: key, limit: 1 });
    for await (const memory of memories) return itemOf(namespace, memory);
    return null;
  }

  async #put({ namespace, key, value }: PutOperation): Promise<void> {
    const { memories } = this.#client;
    const scope = { user_id: userOf(namespace), run_id: key };
    const replaced: BatchMemoryWire[] = [];
    for await (const memory of memories.listWritten(scope)) replaced.push(memory);
    if (value !== null) {
      const now = new Date().toISOString();
      const [before] = replaced.flatMap((memory) => itemOf(namespace, memory) ?? []);
      const metadata = { key, value, created_at: before?.createdAt.toISOString() ?? now, updated_at: now };
      await memories.create({ ...scope, content: textOf(value) || key, metadata });
    }
    for (const { id } of replaced) await memories.delete(id);
  }

  async #search({
    namespacePrefix,
    query,
    filter = {},
    limit = 10,
    offset = 0,
  }: SearchOperation): Promise<FoundItem[]> {
    const found: FoundItem[] = [];
    for await (const namespace of this.#namespaces()) {
      if (!matchesNamespace(namespace, { matchType: "prefix", path: namespacePrefix })) continue;
      for await (const item of this.#itemsIn(namespace, query)) {
        if (matchesFilter(item.value, filter)) found.push(item);
      }
    }
    return found
      .toSorted((one, other) => (other.score ?? 0) - (one.score ?? 0))
      .slice(offset, offset + limit);
  }

  async *#itemsIn(
    namespace: string[],
    query: string | undefined,
  ): AsyncGenerator<FoundItem, void, undefined> {
    const { memories } = this.#client;
    const user_id = userOf(namespace);
    const results = query
      ? (await memories.searchWritten({ query, user_id, limit: mostFound })).results
      : memories.listWritten({ user_id, limit: 200 });
    for await (const memory of results) {
      const item = itemOf(namespace, memory);
      if (item !== null) yield "score" in memory ? { ...item, score: memory.score } : item;
    }
  }

  async #listNamespaces({
    matchConditions = [],
    maxDepth,
    limit,
    offset,
  }: ListNamespacesOperation): Promise<string[][]> {
    const namespaces = new Map<string, string[]>();
    for await (const namespace of this.#namespaces()) {
      if (!matchConditions.every((condition) => matchesNamespace(namespace, condition))) continue;
      const path = namespace.slice(0, maxDepth);
      namespaces.set(userOf(path), path);
    }
    return [...namespaces.values()].slice(offset, offset + limit);
  }

  async *#namespaces(): AsyncGenerator<string[], void, undefined> {
    for await (const { user_id: user } of this.#client.users.list()) {
      const namespace = namespaceOf(user);
      if (namespace !== undefined) yield namespace;
    }
  }
}

/** Null for a memory that the store has not written. */
function itemOf(namespace: string[], { metadata }: Pick<BatchMemoryWire, "metadata">): Item | null {
  const parsed = itemMetadata.safeParse(metadata);
  if (!parsed.success) return null;
  const { key, value, created_at, updated_at } = parsed.data;
  return { namespace, key, value, createdAt: new Date(created_at), updatedAt: new Date(updated_at) };
}

/** All texts in a value, one per line. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value.trim();
  if (typeof value !== "object" || value === null) return "";
  return Object.values(value)
    .map(textOf)
    .filter((text) => text !== "")
    .join("\n");
}
