// Tools and a middleware for the AI SDK (https://ai-sdk.dev, an optional peer dependency). With the tools, a model searches and saves
// memories. With the middleware, every call of a model recalls and remembers.
export type { MemoryToolsOptions } from "./ai/memory-tools-options.ts";
export { memoryTools, type MemoryTools } from "./ai/memory-tools.ts";
export type { FoundMemory } from "./ai/find-memories.ts";
export type { SavedMemory } from "./ai/save-memory.ts";
export type { TurnMemoryOptions, WithMemoryOptions } from "./ai/turn-memory.ts";
export { withMemory } from "./ai/with-memory.ts";
