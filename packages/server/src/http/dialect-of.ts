// Which dialect a request speaks.
import { parseJson } from "@memlane/core";

/** The dialects of this server. */
export type DialectName = "ingest" | "batch";

/** What the choice depends on. */
export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly readText: () => Promise<string>;
}

const batchPaths = /^\/v1\/(?:batch|events|facts|profile|context|users|agents|ping)(?:\/|$)/;
const ingestPaths = /^\/v1\/(?:memories\/jobs|memories\/[^/]+\/revisions|jobs|groups|webhooks|usage)(?:\/|$)/;
const sharedPaths = /^\/v1\/memories(?:\/|$)/;

/** The dialect of a request; a path that neither owns is answered in the dialect of its headers. */
export async function dialectOf({ method, path, headers, readText }: RequestFacts): Promise<DialectName> {
  if (batchPaths.test(path)) return "batch";
  if (ingestPaths.test(path)) return "ingest";
  if (headers.has("x-org-id") || headers.has("x-api-key")) return "ingest";
  if (method === "POST" && sharedPaths.test(path)) {
    const body = parseJson(await readText());
    if (typeof body === "object" && body !== null && "messages" in body) return "ingest";
  }
  return "batch";
}
