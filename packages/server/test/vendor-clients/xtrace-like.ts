// A client that behaves like XTrace's, written from its public documentation: its headers, its retries and what it reads.
import { setTimeout as sleep } from "node:timers/promises";

// oxlint-disable-next-line typescript/no-explicit-any -- the vendor's client trusts what it gets
type Body = any;

/** The error of a call. It reads the envelope `error` alone, and survives if there is none. */
export class XTraceLikeError extends Error {
  override readonly name = "XTraceLikeError";
  readonly status: number;
  readonly code: string | undefined;
  readonly requestId: string | undefined;

  constructor(status: number, body: Body) {
    super(body?.error?.message ?? `HTTP ${status}`);
    this.status = status;
    this.code = body?.error?.code;
    this.requestId = body?.error?.request_id;
  }
}

interface Options {
  readonly apiKey: string;
  readonly baseUrl: string;
  /** How the key is sent. New integrations use `Bearer` or `Token` and no organisation. @default "x-api-key" */
  readonly scheme?: "x-api-key" | "Bearer" | "Token";
  readonly orgId?: string;
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

const maximumRetries = 2;
const poll = { initialMs: 500, factor: 1.5, maximumMs: 5000, timeoutMs: 60_000 };

/** Creates the client. */
export function createXTraceLikeClient({ apiKey, baseUrl, scheme = "x-api-key", orgId }: Options) {
  const headers = {
    ...(scheme === "x-api-key" ? { "x-api-key": apiKey } : { authorization: `${scheme} ${apiKey}` }),
    ...(orgId !== undefined && { "x-org-id": orgId }),
    "x-xtrace-client": "memory-sdk-ts/0.5.0",
  };

  async function call(method: string, path: string, body?: object, query: Query = {}): Promise<Body> {
    const url = new URL(path, baseUrl);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    for (let retry = 0; ; retry += 1) {
      const response = await fetch(url, {
        method,
        headers: { ...headers, ...(body && { "content-type": "application/json" }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      // A 429 is always sent again, whatever the method; a 5xx only for GET.
      const canRetry = response.status === 429 || (method === "GET" && response.status >= 500);
      if (canRetry && retry < maximumRetries) {
        await sleep(Number(response.headers.get("retry-after") ?? 1) * 1000);
        continue;
      }
      const json: Body = text === "" ? undefined : JSON.parse(text);
      if (!response.ok) throw new XTraceLikeError(response.status, json);
      return json;
    }
  }

  const jobs = {
    get: (id: string) => call("GET", `/v1/memories/jobs/${id}`),
    /** Polls without jitter. An unknown status is not the end. */
    async pollUntilDone(id: string) {
      const deadline = Date.now() + poll.timeoutMs;
      for (
        let delayMs = poll.initialMs;
        Date.now() < deadline;
        delayMs = Math.min(poll.maximumMs, delayMs * poll.factor)
      ) {
        const job = await jobs.get(id);
        if (job.status === "succeeded" || job.status === "failed") return job;
        await sleep(delayMs);
      }
      throw new Error(`job ${id} did not end in time`);
    },
  };

  const memories = {
    jobs,
    ingest: (request: object, wait?: boolean) =>
      call("POST", "/v1/memories", { extract_artifacts: true, ...request }, { wait }),
    search: (request: object) => call("POST", "/v1/memories/search", { limit: 10, cursor: null, ...request }),
    trigger: (request: object) => call("POST", "/v1/memories/trigger", request),
    list: (query: Query = {}) => call("GET", "/v1/memories", undefined, query),
    get: (id: string) => call("GET", `/v1/memories/${id}`),
    revisions: (id: string) => call("GET", `/v1/memories/${id}/revisions`),
    update: (id: string, patch: object) => call("PATCH", `/v1/memories/${id}`, patch),
    delete: (id: string) => call("DELETE", `/v1/memories/${id}`),
  };

  const groups = {
    create: (request: object) => call("POST", "/v1/groups", request),
    list: (query: Query = {}) => call("GET", "/v1/groups", undefined, query),
    get: (id: string) => call("GET", `/v1/groups/${id}`),
    update: (id: string, patch: object) => call("PATCH", `/v1/groups/${id}`, patch),
    archive: (id: string) => call("DELETE", `/v1/groups/${id}`),
  };

  const webhooks = {
    set: (request: object, query: Query = {}) => call("PUT", "/v1/webhooks", request, query),
    get: () => call("GET", "/v1/webhooks"),
    delete: () => call("DELETE", "/v1/webhooks"),
  };

  /** The union of the user's own memories and those of each active group: one search for each. */
  async function recall(request: { query: string; user_id: string }) {
    const { data } = await groups.list();
    const { user_id, ...rest } = request;
    const scopes = [{ user_id }, ...data.map(({ id }: { id: string }) => ({ group_ids: [id] }))];
    const answers = await Promise.all(scopes.map((scope) => memories.search({ ...rest, ...scope })));
    const found = answers.flatMap((answer) => answer.data);
    return [...new Map(found.map((memory) => [memory.id, memory])).values()];
  }

  return {
    memories,
    groups,
    webhooks,
    usage: { get: (query: Query = {}) => call("GET", "/v1/usage", undefined, query) },
    recall,
  };
}

/** The tools of the vendor's AI wrapper: the older form of the search, with a scope in `filters` and nothing else. */
export function createXTraceLikeTools(client: ReturnType<typeof createXTraceLikeClient>, user_id: string) {
  return {
    search_memory: async ({ query }: { query: string }) => {
      const { context } = await client.memories.search({
        query,
        filters: { user_id },
        mode: "context",
        include: ["context_prompt"],
      });
      return String(context);
    },
    save_memory: async ({ fact }: { fact: string }) => {
      const messages = [{ role: "user", content: fact }];
      return client.memories.ingest({ messages, user_id, conv_id: `saved-by-${user_id}` }, true);
    },
  };
}
