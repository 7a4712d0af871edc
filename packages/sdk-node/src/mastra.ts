// For Mastra (https://mastra.ai): a processor with which agents recall and remember. It needs no package of Mastra to compile.
export { withMemory, type MemoryProcessor, type MemoryProcessors } from "./mastra/with-memory.ts";
export type { WithMemoryOptions, TurnMemoryOptions } from "./ai/turn-memory.ts";
