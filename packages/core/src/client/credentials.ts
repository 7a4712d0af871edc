/** The caller's credentials. */
export interface Credentials {
  /** An API key, or a token that the server accepts instead. */
  readonly apiKey: string;
  /**
   * The key's organisation. Other servers of the ingest dialect may require it. Our server refuses the id of a
   * different organisation.
   */
  readonly orgId?: string | undefined;
}
