import type { ErrorCode } from "@memlane/core";

const gone = "It belongs to another organisation, or it ended long ago and was deleted.";

const advice: Partial<Record<ErrorCode, string>> = {
  unauthenticated:
    "Was the key copied whole? It may also have been revoked: `memlane-server keys list` shows the keys.",
  forbidden: "This key may not do that. Sign in with a key that has the scope.",
  rate_limit_exceeded: "The organisation has used up its requests of this minute. Wait a moment.",
  network_error: "The server does not answer. Does it run, and does this machine reach it?",
  timeout: "The server is slow to answer. Its own state is at /readyz?verbose.",
  job_not_found: gone,
  memory_not_found: "It was deleted, or it belongs to another organisation.",
  not_found: gone,
  unreadable_response: "The page may be older than the server: load it again.",
};

/** What a reader can do about an error. */
export function adviceFor(code: ErrorCode): string {
  return advice[code] ?? "The request's id leads to its lines in the server's log.";
}
