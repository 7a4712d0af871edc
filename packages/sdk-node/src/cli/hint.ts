import type { ErrorCode, MemlaneError } from "@memlane/core";

const checkUrl = "Is there a Memlane server at this URL? Set it with --base-url or MEMLANE_BASE_URL.";

const hints: Partial<Record<ErrorCode, string>> = {
  unauthenticated: "Check the key in --api-key or MEMLANE_API_KEY.",
  missing_org_id: "Set the key's organisation with --org-id or MEMLANE_ORG_ID.",
  org_mismatch: "Check the organisation in --org-id or MEMLANE_ORG_ID.",
  network_error:
    "Is the server running? 'memlane-server serve' starts one. Set its URL with --base-url or MEMLANE_BASE_URL.",
  timeout: checkUrl,
  not_found: checkUrl,
  unreadable_response: checkUrl,
};

/** Describes the error of a call and, if we know it, what to do. */
export function describeError(error: MemlaneError): string {
  const { retryAfterMs } = error;
  const hint =
    retryAfterMs === undefined ? hints[error.code] : `Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
  // If the server did not answer, its log does not have the request.
  const id = error.requestId === undefined || error.status === null ? "" : ` (request ${error.requestId})`;
  return `${error.message}${id}${hint === undefined ? "" : `\n${hint}`}`;
}
