// A client that behaves like Korely's, written from its public documentation. It sends each request once and gives up
// after 30 seconds.

// oxlint-disable-next-line typescript/no-explicit-any -- the vendor's client trusts what it gets
type Body = any;

export class KorelyLikeError extends Error {
  override readonly name = "KorelyLikeError";
  readonly status: number;
  readonly code: string | undefined;
  /** Seconds of the `Retry-After` header. The client waits if it is present, and gives up otherwise. */
  readonly retryAfterSeconds: number | undefined;
  readonly body: Body;

  constructor(response: Response, body: Body) {
    super(body?.message ?? String(body?.detail ?? `HTTP ${response.status}`));
    this.status = response.status;
    this.code = body?.code;
    const retryAfter = response.headers.get("retry-after");
    this.retryAfterSeconds = retryAfter === null ? undefined : Number(retryAfter);
    this.body = body;
  }
}

interface Options {
  readonly apiKey: string;
  readonly baseUrl: string;
  /** Which of Korely's clients to imitate. @default "javascript" */
  readonly language?: "javascript" | "python";
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

const timeoutMs = 30_000;
const segment = encodeURIComponent;

export function createKorelyLikeClient({ apiKey, baseUrl, language = "javascript" }: Options) {
  const isVendor = new URL(baseUrl).hostname.endsWith(".korely.ai");
  if (apiKey.startsWith("kor_live_") && !isVendor) throw new Error("a kor_live_ key is only for korely.ai");
  if (apiKey.startsWith("kor_self_") && isVendor) throw new Error("a kor_self_ key is not for korely.ai");
  const headers = {
    authorization: `Bearer ${apiKey}`,
    ...(language === "javascript"
      ? { "x-korely-client": "korely-js/0.1.12" }
      : { "user-agent": "korely-memory-python/0.1.17" }),
  };

  async function call(
    method: string,
    path: string,
    { body, query = {} }: { body?: object; query?: Query } = {},
  ): Promise<Body> {
    const url = new URL(path, baseUrl);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    let json: Body;
    try {
      json = JSON.parse(text);
    } catch {
      // A 200 that is not JSON is an error, too.
      throw new KorelyLikeError(response, { message: `not JSON: ${text.slice(0, 100)}` });
    }
    if (!response.ok) throw new KorelyLikeError(response, json);
    return json;
  }

  return {
    ping: () => call("GET", "/v1/ping"),
    add: (content: string, fields: object = {}) =>
      call("POST", "/v1/memories", { body: { content, ...fields } }),
    get: (id: string) => call("GET", `/v1/memories/${segment(id)}`),
    list: (query: Query = {}) => call("GET", "/v1/memories", { query }),
    search: (query: string, fields: object = {}) =>
      call("POST", "/v1/memories/search", { body: { query, ...fields } }),
    update: (id: string, body: object) => call("PATCH", `/v1/memories/${segment(id)}`, { body }),
    delete: (id: string) => call("DELETE", `/v1/memories/${segment(id)}`),
    history: (id: string) => call("GET", `/v1/memories/${segment(id)}/history`),
    events: (query: Query = {}) => call("GET", "/v1/events", { query }),
    profile: (user_id: string, query: Query = {}) =>
      call("GET", "/v1/profile", { query: { user_id, ...query } }),
    context: (text: string, query: Query = {}) =>
      call("GET", "/v1/context", { query: { query: text, ...query } }),
    audit: (query: Query = {}) => call("GET", "/v1/audit", { query }),
    batch: {
      create: (memories: readonly object[]) => call("POST", "/v1/batch", { body: { memories } }),
      get: (id: string) => call("GET", `/v1/batch/${segment(id)}`),
    },
    facts: {
      list: (query: Query = {}) => call("GET", "/v1/facts", { query }),
      add: (body: object) => call("POST", "/v1/facts", { body }),
      update: (id: string, body: object) => call("PATCH", `/v1/facts/${segment(id)}`, { body }),
      forget: (id: string, body: object = {}) => call("POST", `/v1/facts/${segment(id)}/forget`, { body }),
    },
    users: {
      list: (query: Query = {}) => call("GET", "/v1/users", { query }),
      deleteMemories: (id: string) => call("DELETE", `/v1/users/${segment(id)}/memories`),
    },
    agents: {
      list: (query: Query = {}) => call("GET", "/v1/agents", { query }),
      delete: (id: string) => call("DELETE", `/v1/agents/${segment(id)}`),
      init: (body: object = {}) => call("POST", "/v1/agents/init", { body }),
    },
    account: { delete: (query: Query = {}) => call("DELETE", "/v1/account", { query }) },
  };
}
