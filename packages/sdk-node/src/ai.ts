// Tools with which a model searches and saves memories, for the AI SDK (https://ai-sdk.dev), an optional
// peer.
export { memoryTools, type MemoryTools, type MemoryToolsOptions } from "./ai/memory-tools.ts";
export type { FoundMemory } from "./ai/search-memories.ts";
export type { SavedMemory } from "./ai/save-memory.ts";
