import type { Environment } from "./environment.ts";
import { withLogger, type ClientHooks, type Logger } from "./hooks.ts";
import { longestTimerMs } from "./sleep.ts";
import type { Fetch } from "./transport.ts";

/** The server and the time limits of requests. */
export interface ConnectionOptions {
  /**
   * The server's URL; a `/v1` at its end is ignored.
   * @default the environment variable `MEMLANE_BASE_URL`, or else `http://127.0.0.1:8787`
   */
  readonly baseUrl?: string | URL | undefined;
  /**
   * How long a call may take in all, with its retries and the whole answer, in milliseconds. @default 30_000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How long one attempt of a call may take, in milliseconds. A longer one counts as unanswered and is
   * repeated if that is safe. Also limits `wait: true`, but not the long-polls of a wait. @default
   * `timeoutMs`
   */
  readonly requestTimeoutMs?: number | undefined;
  /** How often a request is repeated at most, if that is safe and can help. @default 2 */
  readonly maximumRetries?: number | undefined;
  /**
   * Sends a request: for a proxy, for tracing, or to call an app's own `request`. @default globalThis.fetch
   */
  readonly fetch?: Fetch | undefined;
  /** Called when a request is sent, answered or repeated. */
  readonly hooks?: ClientHooks | undefined;
  /** Logs the same events, without keys and bodies; `console` fits. @default none */
  readonly logger?: Logger | undefined;
}

/** The server, the credentials and the time limits of a client. */
export interface MemoryClientOptions extends ConnectionOptions {
  /** A secret key. @default the environment variable `MEMLANE_API_KEY` */
  readonly apiKey?: string | undefined;
  /** The key's organisation, which the server checks if it is set. @default the environment variable `MEMLANE_ORG_ID` */
  readonly orgId?: string | undefined;
}

/** The options of a connection with all defaults filled in. */
export interface ConnectionSettings {
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly maximumRetries: number;
  readonly fetch: Fetch;
  readonly hooks: ClientHooks;
}

/** The options of a client with all defaults filled in. */
export interface ClientSettings extends ConnectionSettings {
  readonly apiKey: string;
  readonly orgId: string | undefined;
}

const defaults = {
  baseUrl: "http://127.0.0.1:8787",
  timeoutMs: 30_000,
  maximumRetries: 2,
} as const;

/** Fills in the defaults. @throws TypeError if the options cannot work; the message says what to do */
export function normaliseOptions(options: MemoryClientOptions, environment: Environment): ClientSettings {
  const connection = normaliseConnection(options, environment);
  const orgId = options.orgId ?? environment.orgId;
  return {
    ...connection,
    apiKey: readApiKey(options.apiKey ?? environment.apiKey),
    orgId: orgId === undefined ? undefined : readHeaderValue("organisation id", orgId),
  };
}

/** Does the same for a connection without credentials. @throws TypeError if the options cannot work */
export function normaliseConnection(
  options: ConnectionOptions,
  environment: Pick<Environment, "baseUrl">,
): ConnectionSettings {
  const { timeoutMs = defaults.timeoutMs, maximumRetries = defaults.maximumRetries } = options;
  // Looked up for each request, because tracing or mocks may replace the global later.
  const { fetch = (request) => globalThis.fetch(request) } = options;
  const { requestTimeoutMs = Infinity } = options;
  for (const [name, value] of Object.entries({ timeoutMs, requestTimeoutMs })) {
    if (!(value > 0)) throw new TypeError(`${name} must be more than 0, not ${value}`);
  }
  if (!Number.isSafeInteger(maximumRetries) || maximumRetries < 0) {
    throw new TypeError(`maximumRetries must be a whole number, not ${maximumRetries}`);
  }
  return {
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

/** A text for an HTTP header. Removes space around a copied key, but refuses space within it. */
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
  // Other clients' base URLs end in `/v1`, which our paths begin with.
  return url.href.replace(/\/v1\/?$/, "");
}
