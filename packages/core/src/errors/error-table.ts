/** What an error code implies. */
export interface ErrorRow {
  /** HTTP status; null if the error occurs without an answer from the server. */
  readonly status: number | null;
  readonly type: ErrorType;
  /** Whether sending the same request again can help. */
  readonly retryable: boolean;
}

/** The families of errors, as `error.type` of the ingest dialect names them. */
export type ErrorType =
  | "invalid_request_error"
  | "authentication_error"
  | "permission_error"
  | "not_found_error"
  | "conflict_error"
  | "rate_limit_error"
  | "server_error"
  | "client_error";

/** Every error, once. Each dialect spells the codes in its own words. */
export const errorTable = {
  malformed_body: { status: 400, type: "invalid_request_error", retryable: false },
  invalid_messages: { status: 400, type: "invalid_request_error", retryable: false },
  confirmation_required: { status: 400, type: "invalid_request_error", retryable: false },
  missing_org_id: { status: 400, type: "invalid_request_error", retryable: false },
  unauthenticated: { status: 401, type: "authentication_error", retryable: false },
  token_expired: { status: 401, type: "authentication_error", retryable: false },
  forbidden: { status: 403, type: "permission_error", retryable: false },
  org_mismatch: { status: 403, type: "permission_error", retryable: false },
  agent_cap_exceeded: { status: 403, type: "permission_error", retryable: false },
  signup_disabled: { status: 403, type: "permission_error", retryable: false },
  not_found: { status: 404, type: "not_found_error", retryable: false },
  job_not_found: { status: 404, type: "not_found_error", retryable: false },
  memory_not_found: { status: 404, type: "not_found_error", retryable: false },
  group_not_found: { status: 404, type: "not_found_error", retryable: false },
  webhook_not_found: { status: 404, type: "not_found_error", retryable: false },
  method_not_allowed: { status: 405, type: "invalid_request_error", retryable: false },
  conflict: { status: 409, type: "conflict_error", retryable: false },
  account_has_login: { status: 409, type: "conflict_error", retryable: false },
  fact_not_current: { status: 409, type: "conflict_error", retryable: false },
  fact_not_found: { status: 404, type: "not_found_error", retryable: false },
  stale_write: { status: 409, type: "conflict_error", retryable: false },
  body_too_large: { status: 413, type: "invalid_request_error", retryable: false },
  invalid_request: { status: 422, type: "invalid_request_error", retryable: false },
  missing_user_id: { status: 422, type: "invalid_request_error", retryable: false },
  missing_conversation_id: { status: 422, type: "invalid_request_error", retryable: false },
  immutable_field: { status: 422, type: "invalid_request_error", retryable: false },
  empty_patch: { status: 422, type: "invalid_request_error", retryable: false },
  contradictory_group_ids: { status: 422, type: "invalid_request_error", retryable: false },
  invalid_group_ids: { status: 422, type: "invalid_request_error", retryable: false },
  groups_quota_exceeded: { status: 422, type: "invalid_request_error", retryable: false },
  invalid_webhook_url: { status: 422, type: "invalid_request_error", retryable: false },
  unsupported_include_option: { status: 422, type: "invalid_request_error", retryable: false },
  idempotency_mismatch: { status: 422, type: "invalid_request_error", retryable: false },
  cursor_mismatch: { status: 422, type: "invalid_request_error", retryable: false },
  rate_limit_exceeded: { status: 429, type: "rate_limit_error", retryable: true },
  signup_rate_limited: { status: 429, type: "rate_limit_error", retryable: true },
  too_many_batches: { status: 429, type: "rate_limit_error", retryable: true },
  quota_exceeded: { status: 429, type: "rate_limit_error", retryable: false },
  server_error: { status: 500, type: "server_error", retryable: true },
  ingest_failed: { status: 500, type: "server_error", retryable: true },
  extraction_failed: { status: 500, type: "server_error", retryable: true },
  patch_failed: { status: 500, type: "server_error", retryable: true },
  search_failed: { status: 500, type: "server_error", retryable: true },
  trigger_failed: { status: 500, type: "server_error", retryable: true },
  delete_failed: { status: 500, type: "server_error", retryable: true },
  unavailable: { status: 503, type: "server_error", retryable: true },
  extractor_unavailable: { status: 503, type: "server_error", retryable: true },
  search_unavailable: { status: 503, type: "server_error", retryable: true },
  writes_paused: { status: 503, type: "server_error", retryable: true },
  network_error: { status: null, type: "client_error", retryable: true },
  timeout: { status: null, type: "client_error", retryable: true },
  aborted: { status: null, type: "client_error", retryable: false },
  redirected: { status: null, type: "client_error", retryable: false },
  unreadable_response: { status: null, type: "client_error", retryable: true },
} as const satisfies Record<string, ErrorRow>;

/** Our name for an error; each dialect has its own word for it. */
export type ErrorCode = keyof typeof errorTable;

/** The codes that an HTTP answer can carry. */
export type ServerErrorCode = {
  [Code in ErrorCode]: (typeof errorTable)[Code]["status"] extends null ? never : Code;
}[ErrorCode];

/** The codes that an HTTP answer can carry, for iteration. */
export const serverErrorCodes = /* @__PURE__ */ (Object.keys(errorTable) as ErrorCode[]).filter(
  (code): code is ServerErrorCode => errorTable[code].status !== null,
);
