import type { MatchCondition } from "@langchain/langgraph";

const prefix = "langgraph:";

/** The user whose memories are the items of a namespace. */
export function userOf(namespace: readonly string[]): string {
  return prefix + namespace.map(encodeURIComponent).join("/");
}

/** The namespace of a user; undefined if it is not one of the store. */
export function namespaceOf(user: string): string[] | undefined {
  return user.startsWith(prefix) ? user.slice(prefix.length).split("/").map(decodeURIComponent) : undefined;
}

/** Whether a namespace begins or ends with a path, in which `*` matches any label. */
export function matchesNamespace(namespace: readonly string[], { matchType, path }: MatchCondition): boolean {
  if (path.length > namespace.length) return false;
  const start = matchType === "prefix" ? 0 : namespace.length - path.length;
  return path.every((label, index) => label === "*" || label === namespace[start + index]);
}
