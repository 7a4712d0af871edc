/**
 * The user of the tools. Only the application chooses it: no prompt can make a model read another user's
 * memories.
 */
export interface MemoryToolsOptions {
  /** The user whose memories are searched and saved. */
  readonly userId: string;
  /** Searches only memories of this agent, and saves new ones for it. */
  readonly agentId?: string | undefined;
  /** How many memories a search returns at most. @default 10 */
  readonly limit?: number | undefined;
}
