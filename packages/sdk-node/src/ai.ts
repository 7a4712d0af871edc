// Tools by which a model remembers, for the AI SDK (https://ai-sdk.dev), an optional peer of this package.
export type { MemoryToolsOptions } from "./ai/memory-tools-options.ts";
export { memoryTools, type MemoryTools } from "./ai/memory-tools.ts";
export type { FoundMemory } from "./ai/search-memories.ts";
export type { SavedMemory } from "./ai/save-memory.ts";
