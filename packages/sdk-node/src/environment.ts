// The only file of this package that reads the environment.
/* oxlint-disable node/no-process-env */

/** Settings from the environment; an empty variable counts as absent. */
export interface Environment {
  readonly apiKey: string | undefined;
  readonly orgId: string | undefined;
  readonly baseUrl: string | undefined;
}

/** Reads `MEMLANE_API_KEY`, `MEMLANE_ORG_ID` and `MEMLANE_BASE_URL`. */
export function readEnvironment(): Environment {
  const { MEMLANE_API_KEY, MEMLANE_ORG_ID, MEMLANE_BASE_URL } = process.env;
  return {
    apiKey: MEMLANE_API_KEY || undefined,
    orgId: MEMLANE_ORG_ID || undefined,
    baseUrl: MEMLANE_BASE_URL || undefined,
  };
}

/** Whose memories `memlane mcp` offers; an empty variable counts as absent. */
export interface McpEnvironment {
  readonly userId: string | undefined;
  readonly agentId: string | undefined;
}

/** Reads `MEMLANE_USER_ID` and `MEMLANE_AGENT_ID`. */
export function readMcpEnvironment(): McpEnvironment {
  const { MEMLANE_USER_ID, MEMLANE_AGENT_ID } = process.env;
  return { userId: MEMLANE_USER_ID || undefined, agentId: MEMLANE_AGENT_ID || undefined };
}
