/** Whose memories the tools work on. Only the application says it: a model cannot be talked into another user's. */
export interface MemoryToolsOptions {
  /** Whose memories are searched, and whom what is saved is about. */
  readonly userId: string;
  /** Narrows the search to what this agent has stored, and is noted with what is saved. */
  readonly agentId?: string | undefined;
  /** How many memories a search comes to, at most. @default 10 */
  readonly limit?: number | undefined;
}
