import type { AbortSignalLike } from "./abort.ts";

/** One HTTP request of the client. */
export interface TransportRequest {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** The path below the base URL, such as `/v1/batch`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as JSON text. */
  readonly body: string | undefined;
  /** How long it may take, including the body, in milliseconds. */
  readonly timeoutMs: number | undefined;
  /** `never` if the caller itself retries, like a poll. */
  readonly retry: "default" | "never";
  readonly signal: AbortSignalLike | undefined;
}

/** A complete answer, whatever its status. */
export interface TransportResponse {
  readonly status: number;
  /** The value of a header. The name may be in any case. */
  readonly header: (name: string) => string | null;
  readonly body: string;
}

/**
 * Sends one request and reads the whole answer. Rejects with a MemlaneError only if there is no answer:
 * `network_error`, `timeout` or `aborted`.
 */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;
