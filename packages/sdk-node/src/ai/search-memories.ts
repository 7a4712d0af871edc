import type { Client } from "@memlane/core";
import { tool, type Tool } from "ai";
import type * as z from "zod";
import { findMemories, type FoundMemory } from "./find-memories.ts";
import type { MemoryToolsOptions } from "./memory-tools-options.ts";
import { searchMemoriesTool } from "./tool-definitions.ts";

/** A tool that finds memories of one user. */
export function createSearchMemories(
  client: Pick<Client, "memories">,
  options: MemoryToolsOptions,
): Tool<z.infer<typeof searchMemoriesTool.input>, FoundMemory[]> {
  return tool({
    description: searchMemoriesTool.description,
    inputSchema: searchMemoriesTool.input,
    execute: ({ query }, { abortSignal }) => findMemories(client, options, query, abortSignal),
  });
}
