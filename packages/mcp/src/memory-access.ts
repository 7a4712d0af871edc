import type { Client, MemlaneError } from "@memlane/core";

/** What an agent may reach. The host application decides it; no tool argument can change it. */
export interface MemoryAccess {
  /** The calls to the Memlane server, with the host's own key. */
  readonly client: Pick<Client, "memories" | "jobs">;
  /** The user whose memories the tools read and write. */
  readonly userId: string;
  /** Reads only memories of this agent, and writes new ones for it. @default reads every agent's, writes without an agent */
  readonly agentId?: string | undefined;
  /** Offers only the tools that change nothing. @default false */
  readonly isReadOnly?: boolean | undefined;
  /** The largest size of one tool answer, in tokens. @default 2000 */
  readonly answerTokens?: number | undefined;
  /** How long `add_conversation` waits for its job if the client does not support MCP tasks, in milliseconds. @default 20_000 */
  readonly waitMs?: number | undefined;
  /**
   * The text of the error of a tool, a resource or a prompt. A host application that knows its settings can say here
   * which one to check. @default the error's message
   */
  readonly describeError?: ((error: MemlaneError) => string) | undefined;
  /** Aborts when the process stops. Every wait for a job then ends at once. */
  readonly stopping?: AbortSignal | undefined;
}

const defaultAnswerTokens = 2000;

export function answerTokensOf({ answerTokens = defaultAnswerTokens }: MemoryAccess): number {
  return answerTokens;
}

/** A signal that aborts when `signal` aborts or the process stops. */
export function waitSignalOf({ stopping }: MemoryAccess, signal: AbortSignal): AbortSignal {
  return stopping === undefined ? signal : AbortSignal.any([stopping, signal]);
}

/** The filter of every call: the user, and the agent if there is one. */
export function scopeOf({ userId, agentId }: MemoryAccess): {
  readonly user_id: string;
  readonly agent_id?: string;
} {
  return { user_id: userId, ...(agentId !== undefined && { agent_id: agentId }) };
}
