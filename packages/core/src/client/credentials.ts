/** The caller's credentials. */
export interface Credentials {
  /** An API key, or a token that the server accepts instead. */
  readonly apiKey: string;
  /** The key's organisation, which other servers of the ingest dialect may require. Our server refuses any other. */
  readonly orgId?: string | undefined;
}
