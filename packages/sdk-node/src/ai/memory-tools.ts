import type { Client } from "@memlane/core";
import type { Tool } from "ai";
import type { FoundMemory } from "./find-memories.ts";
import type { MemoryToolsOptions } from "./memory-tools-options.ts";
import { createSaveMemory, type SavedMemory } from "./save-memory.ts";
import { createSearchMemories } from "./search-memories.ts";

// A type and not an interface, because only a type fits the AI SDK's record of tools.
/** Tools for `generateText` or `streamText`. You can rename them or use only one. */
export type MemoryTools = {
  /** Searches memories for a question. */
  readonly searchMemories: Tool<{ query: string }, FoundMemory[]>;
  /** Stores one memory as it is. */
  readonly saveMemory: Tool<{ content: string }, SavedMemory>;
};

/**
 * Tools with which a model searches and saves memories. If a call fails, the AI SDK reports the
 * `MemlaneError` to the model as the tool's error.
 *
 * @example
 * import { memoryTools } from "@memlane/sdk-node/ai";
 * import { generateText, isStepCount } from "ai";
 *
 * const tools = memoryTools(client, { userId: "ann" });
 * const { text } = await generateText({ model, tools, stopWhen: isStepCount(5), prompt: "Where do I live?" });
 */
export function memoryTools(client: Pick<Client, "memories">, options: MemoryToolsOptions): MemoryTools {
  return {
    searchMemories: createSearchMemories(client, options),
    saveMemory: createSaveMemory(client, options),
  };
}
