/** The part of `fetch` that the kit needs. The global `fetch` fits. */
export type FetchLike = (
  url: string,
  request: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

/** A received webhook. The names of its headers are in lower case. */
export interface ReceivedWebhook {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** Receives the webhooks of the server under test. */
export interface WebhookReceiver {
  /** The address that the server under test can reach. */
  readonly url: string;
  /** All webhooks so far. */
  readonly received: () => readonly ReceivedWebhook[];
}

/** What the kit gets from its surroundings, because core has no I/O. */
export interface ConformanceRuntime {
  readonly fetch: FetchLike;
  readonly sleep: (delayMs: number) => Promise<unknown>;
  /** Milliseconds from any fixed point. */
  readonly now: () => number;
  readonly sha256Hex: (text: string) => string;
  readonly hmacSha256Hex: (key: string, text: string) => string;
}
