import type { ErrorCode, MemlaneError } from "@memlane/core";

const hints: Partial<Record<ErrorCode, string>> = {
  unauthenticated: "Is the key right? --api-key or MEMLANE_API_KEY holds it.",
  missing_org_id: "Name the key's organisation with --org-id or MEMLANE_ORG_ID.",
  org_mismatch: "Is the organisation right? --org-id or MEMLANE_ORG_ID holds it.",
  network_error: "Is the server running? `memlane-server serve` starts one; --base-url says where it is.",
  not_found: "Is there a Memlane server at this address? --base-url says where it is.",
  unreadable_response: "Is there a Memlane server at this address? --base-url says where it is.",
};

/** What went wrong in one call and, where we know it, what to do. */
export function describeError(error: MemlaneError): string {
  const { retryAfterMs } = error;
  const hint =
    retryAfterMs === undefined ? hints[error.code] : `Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
  // A server that did not answer has no log to look into.
  const id = error.requestId === undefined || error.status === null ? "" : ` (request ${error.requestId})`;
  return `${error.message}${id}${hint === undefined ? "" : `\n${hint}`}`;
}
