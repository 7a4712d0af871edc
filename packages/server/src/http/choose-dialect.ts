// Chooses the dialect of a request by each dialect's `signs`.
import type { DialectRegistry, ServedDialect } from "./served-dialect.ts";
import { sharedPaths } from "./shared-routes.ts";

/** A request without its body. */
export interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
}

/** The dialect of a request by its path and headers; undefined if they do not decide. */
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

/** The dialects that could recognise a request to this path by its body. */
export function bodyCandidates(
  dialects: readonly ServedDialect[],
  { method, path }: Pick<RequestHead, "method" | "path">,
): readonly ServedDialect[] {
  return method === "POST" ? dialects.filter(({ signs }) => signs.body?.paths.test(path)) : [];
}

/** The candidate that recognises the body. */
export function dialectOfBody(
  candidates: readonly ServedDialect[],
  body: unknown,
): ServedDialect | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  return candidates.find(({ signs }) => signs.body !== undefined && signs.body.key in body);
}

/**
 * The candidate that probably recognises the body, by its first bytes. Used for errors that come
 * before the rest is read.
 */
export function dialectOfPrefix(
  candidates: readonly ServedDialect[],
  prefix: string,
): ServedDialect | undefined {
  const keys = new Set([...prefix.matchAll(/"(\w+)"\s*:/g)].map(([, key]) => key));
  return candidates.find(({ signs }) => keys.has(signs.body?.key));
}
