import type { WebhookReceiver } from "./runtime.ts";

/** The server under test, and the keys for it. A check that needs an absent key is skipped. */
export interface ConformanceTarget {
  /** The server's URL, without `/v1`. */
  readonly baseUrl: string;
  /** A key with all scopes, of an organisation for tests: the checks write, erase, and replace its webhook. */
  readonly apiKey: string;
  /** The organisation of the key. */
  readonly orgId?: string | undefined;
  /** The key for the batch dialect. @default `apiKey` */
  readonly batchKey?: string | undefined;
  /** A key of another organisation. */
  readonly otherKey?: string | undefined;
  /** A key of the same organisation that has only `memories:read`. */
  readonly readKey?: string | undefined;
  /** A key of the same organisation that has only `memories:write`. */
  readonly writeKey?: string | undefined;
  /** A key of an organisation that may make only a few requests a minute. */
  readonly limitedKey?: string | undefined;
  /** A key of an organisation that has used up its writes of the month. */
  readonly exhaustedKey?: string | undefined;
  /** A key of an organisation that may have one agent. */
  readonly oneAgentKey?: string | undefined;
  /** A receiver of webhooks that the server can reach. */
  readonly webhookReceiver?: WebhookReceiver | undefined;
}
