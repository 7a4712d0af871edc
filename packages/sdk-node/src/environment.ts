// The only file of this package that reads the environment.
/* oxlint-disable node/no-process-env */

/** What the environment may say about the server and its caller; an empty variable says nothing. */
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
