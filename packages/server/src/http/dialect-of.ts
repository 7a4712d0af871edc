// Which dialect a request speaks.

/** The dialects of this server. */
export type DialectName = "ingest" | "batch";

/** The parts of a request before its body. */
interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
}

const batchPaths = /^\/v1\/(?:batch|events|facts|profile|context|users|agents|ping)(?:\/|$)/;
const ingestPaths = /^\/v1\/(?:memories\/jobs|memories\/[^/]+\/revisions|jobs|groups|webhooks|usage)(?:\/|$)/;
const sharedPaths = /^\/v1\/memories(?:\/|$)/;

/**
 * The dialect of a request by its path and headers; undefined if the body decides. A path that neither dialect has is
 * answered in the dialect of the headers.
 */
export function dialectOfHead({ method, path, headers }: RequestHead): DialectName | undefined {
  if (batchPaths.test(path)) return "batch";
  if (ingestPaths.test(path)) return "ingest";
  if (headers.has("x-org-id") || headers.has("x-api-key")) return "ingest";
  return method === "POST" && sharedPaths.test(path) ? undefined : "batch";
}

/** The dialect of a body. */
export function dialectOfBody(body: unknown): DialectName {
  return typeof body === "object" && body !== null && "messages" in body ? "ingest" : "batch";
}

/** The likely dialect by the start of a body, for an error before the rest is read. */
export function dialectOfPrefix(prefix: string): DialectName {
  return /"messages"\s*:/.test(prefix) ? "ingest" : "batch";
}
