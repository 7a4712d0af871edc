// For the OpenAI Agents SDK (https://openai.github.io/openai-agents-js, an optional peer dependency): runs that recall and remember.
export { withMemory, type MemoryRunOptions } from "./openai-agents/with-memory.ts";
export type { TurnMemoryOptions } from "./ai/turn-memory.ts";
