// For LangGraph.js (https://docs.langchain.com/oss/javascript/langgraph, an optional peer dependency): a store for graphs, and tools with
// which a model searches and saves memories.
export { createMemlaneStore } from "./langgraph/store.ts";
export { langgraphTools, type LanggraphTools } from "./langgraph/tools.ts";
export type { MemoryToolsOptions } from "./ai/memory-tools-options.ts";
