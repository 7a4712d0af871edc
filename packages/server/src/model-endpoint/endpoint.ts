/** An OpenAI-compatible endpoint, and one of its models. */
export interface Endpoint {
  /** Up to and including the version, such as `http://localhost:11434/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Undefined if the endpoint needs none. */
  readonly apiKey: string | undefined;
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs: number;
}
