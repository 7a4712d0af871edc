/** An OpenAI-compatible endpoint, and the model to use of it. */
export interface Endpoint {
  /** Up to and including the version, such as `http://localhost:11434/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Undefined where the endpoint asks for none. */
  readonly apiKey: string | undefined;
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs: number;
}
