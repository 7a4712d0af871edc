import type { Client } from "@memlane/core";
import type { Tool } from "ai";
import type { MemoryToolsOptions } from "./memory-tools-options.ts";
import { createSaveMemory, type SavedMemory } from "./save-memory.ts";
import { createSearchMemories, type FoundMemory } from "./search-memories.ts";

// A type and no interface: only that fits the AI SDK's record of tools.
/** Hand them to `generateText` or `streamText` as they are, under other names, or one of them alone. */
export type MemoryTools = {
  /** Finds memories by a question. */
  readonly searchMemories: Tool<{ query: string }, FoundMemory[]>;
  /** Stores one memory as it is. */
  readonly saveMemory: Tool<{ content: string }, SavedMemory>;
};

/**
 * Tools by which a model remembers. A call that fails is told to the model as the tool's error, as the AI SDK does with
 * what a tool throws: a `MemlaneError`.
 *
 * @example
 * const tools = memoryTools(client, { userId: "ann" });
 * const { text } = await generateText({ model, tools, stopWhen: isStepCount(5), prompt });
 */
export function memoryTools(client: Pick<Client, "memories">, options: MemoryToolsOptions): MemoryTools {
  return {
    searchMemories: createSearchMemories(client, options),
    saveMemory: createSaveMemory(client, options),
  };
}
