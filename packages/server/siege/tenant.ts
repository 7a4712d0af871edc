/** An organisation of the siege, and how it says so. */
export interface Tenant {
  readonly url: string;
  readonly orgId: string;
  readonly apiKey: string;
  /** Of a request in the ingest dialect. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of a request in the batch dialect. */
  readonly batchHeaders: Readonly<Record<string, string>>;
}

/** The key of an organisation. */
export const keyOf = (orgId: string) => `key-of-the-organisation-${orgId}`;

/** An organisation whose key the server knows from its start. */
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
