// Which dialect a request speaks, by the signs that each dialect names.
import type { DialectRegistry, ServedDialect } from "./served-dialect.ts";
import { sharedPaths } from "./shared-routes.ts";

/** The parts of a request before its body. */
export interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
}

/** The dialect of a request by its path and headers; undefined if the body decides. */
export function dialectOfHead(
  { dialects, shared, fallback }: DialectRegistry,
  head: RequestHead,
): ServedDialect | undefined {
  const owner = dialects.find(({ signs }) => signs.paths.test(head.path));
  if (owner !== undefined) return owner;
  if (sharedPaths.test(head.path)) return shared;
  const sender = dialects.find(({ signs }) => signs.headers?.some((name) => head.headers.has(name)));
  if (sender !== undefined) return sender;
  return bodyCandidates(dialects, head).length > 0 ? undefined : fallback;
}

/** The dialects that recognise their requests to this path by the body. */
export function bodyCandidates(
  dialects: readonly ServedDialect[],
  { method, path }: Pick<RequestHead, "method" | "path">,
): readonly ServedDialect[] {
  return method === "POST" ? dialects.filter(({ signs }) => signs.body?.paths.test(path)) : [];
}

/** The one of these dialects that a body is in. */
export function dialectOfBody(
  candidates: readonly ServedDialect[],
  body: unknown,
): ServedDialect | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  return candidates.find(({ signs }) => signs.body !== undefined && signs.body.key in body);
}

/** The one of these dialects that a body is likely in by its start, for an error before the rest is read. */
export function dialectOfPrefix(
  candidates: readonly ServedDialect[],
  prefix: string,
): ServedDialect | undefined {
  const keys = new Set([...prefix.matchAll(/"(\w+)"\s*:/g)].map(([, key]) => key));
  return candidates.find(({ signs }) => keys.has(signs.body?.key));
}
