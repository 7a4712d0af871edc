import type { Environment } from "./environment.ts";
import { withLogger, type ClientHooks, type Logger } from "./hooks.ts";
import { longestTimerMs } from "./sleep.ts";
import type { Fetch } from "./transport.ts";

/** How a client finds the server, who it speaks for, and how patient it is. */
export interface MemoryClientOptions {
  /** A secret key. @default the environment variable `MEMLANE_API_KEY` */
  readonly apiKey?: string | undefined;
  /** The key's organisation, which `memories` needs. @default the environment variable `MEMLANE_ORG_ID` */
  readonly orgId?: string | undefined;
  /**
   * Where the server is, without `/v1`.
   * @default the environment variable `MEMLANE_BASE_URL`, or else `http://127.0.0.1:8787`
   */
  readonly baseUrl?: string | URL | undefined;
  /** How long a call may take with its retries and its whole answer, in milliseconds. @default 30_000 */
  readonly timeoutMs?: number | undefined;
  /**
   * How long one attempt of a call may take, in milliseconds: one that takes longer counts as not answered, and is sent
   * again where that is safe. It bounds `wait: true` too, but not the held requests of a wait. @default as long as the
   * call may
   */
  readonly requestTimeoutMs?: number | undefined;
  /** How often a request is sent again, at most, where that is safe and can help. @default 2 */
  readonly maximumRetries?: number | undefined;
  /** Sends a request: for a proxy, for traces, or for an app's own `request`. @default globalThis.fetch */
  readonly fetch?: Fetch | undefined;
  /** Told what goes out, what comes back, and what is sent again. */
  readonly hooks?: ClientHooks | undefined;
  /** Where the same is written, without keys and bodies; `console` fits. @default none */
  readonly logger?: Logger | undefined;
}

/** The options with nothing left to decide. */
export interface ClientSettings {
  readonly apiKey: string;
  readonly orgId: string | undefined;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly maximumRetries: number;
  readonly fetch: Fetch;
  readonly hooks: ClientHooks;
}

const defaults = {
  baseUrl: "http://127.0.0.1:8787",
  timeoutMs: 30_000,
  maximumRetries: 2,
} as const;

/** Fills in what the options leave out. @throws TypeError when the result cannot work, saying what to do */
export function normaliseOptions(options: MemoryClientOptions, environment: Environment): ClientSettings {
  const { timeoutMs = defaults.timeoutMs, maximumRetries = defaults.maximumRetries } = options;
  // Called anew each time, so that what replaces the global later (traces, mocks) is used.
  const { fetch = (request) => globalThis.fetch(request) } = options;
  const { requestTimeoutMs = Infinity } = options;
  for (const [name, value] of Object.entries({ timeoutMs, requestTimeoutMs })) {
    if (!(value > 0)) throw new TypeError(`${name} must be more than 0, not ${value}`);
  }
  if (!Number.isSafeInteger(maximumRetries) || maximumRetries < 0) {
    throw new TypeError(`maximumRetries must be a whole number, not ${maximumRetries}`);
  }
  const orgId = options.orgId ?? environment.orgId;
  return {
    apiKey: readApiKey(options.apiKey ?? environment.apiKey),
    orgId: orgId === undefined ? undefined : readHeaderValue("organisation id", orgId),
    baseUrl: readBaseUrl(options.baseUrl ?? environment.baseUrl ?? defaults.baseUrl),
    timeoutMs: Math.min(timeoutMs, longestTimerMs),
    requestTimeoutMs,
    maximumRetries,
    fetch,
    hooks: withLogger(options.hooks ?? {}, options.logger),
  };
}

function readApiKey(apiKey: string | undefined): string {
  if (apiKey !== undefined && apiKey.trim() !== "") return readHeaderValue("API key", apiKey);
  throw new TypeError(
    "no API key: pass `apiKey` (--api-key on the command line) or set MEMLANE_API_KEY. " +
      "`memlane-server keys create <org>` makes one.",
  );
}

/** A text that an HTTP header can carry. What surrounds a copied key is forgiven, what is inside it is not. */
function readHeaderValue(name: string, text: string): string {
  const value = text.trim();
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new TypeError(`the ${name} must be printable ASCII without spaces: was it copied whole?`);
}

function readBaseUrl(baseUrl: string | URL): string {
  const url = URL.parse(String(baseUrl));
  const isHttp = url?.protocol === "http:" || url?.protocol === "https:";
  if (url === null || !isHttp || url.username || url.password || url.search || url.hash) {
    throw new TypeError(
      `baseUrl must be an http or https address without user, query and fragment, such as ${defaults.baseUrl}`,
    );
  }
  return url.href;
}
