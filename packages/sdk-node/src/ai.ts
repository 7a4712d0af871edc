// Tools for the AI SDK (https://ai-sdk.dev, an optional peer dependency). A model searches and saves memories
// with them.
export type { MemoryToolsOptions } from "./ai/memory-tools-options.ts";
export { memoryTools, type MemoryTools } from "./ai/memory-tools.ts";
export type { FoundMemory } from "./ai/search-memories.ts";
export type { SavedMemory } from "./ai/save-memory.ts";
