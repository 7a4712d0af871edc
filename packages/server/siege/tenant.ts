/** An organisation of the siege, with its headers. */
export interface Tenant {
  readonly url: string;
  readonly orgId: string;
  readonly apiKey: string;
  /** For requests in the ingest dialect. */
  readonly headers: Readonly<Record<string, string>>;
  /** For requests in the batch dialect. */
  readonly batchHeaders: Readonly<Record<string, string>>;
}

/** The API key that the server creates for an organisation. */
export const keyOf = (orgId: string) => `key-of-the-organisation-${orgId}`;

/** An organisation of the siege. The server creates its key at the start (`MEMLANE_BOOTSTRAP_KEYS`). */
export function tenantOf(url: string, orgId: string): Tenant {
  const apiKey = keyOf(orgId);
  const json = { "content-type": "application/json" };
  return {
    url,
    orgId,
    apiKey,
    headers: { ...json, "x-api-key": apiKey, "x-org-id": orgId },
    batchHeaders: { ...json, authorization: `Bearer ${apiKey}` },
  };
}
