import * as z from "zod/mini";
import { createVocabulary, vocabularyWire } from "../dialect/vocabulary.ts";
import type { ErrorReport } from "../errors/error-report.ts";
import { printQuota, quotaFields, readQuota } from "../errors/quota.ts";
import type { ServerErrorCode } from "../errors/error-table.ts";

/** The error codes of the batch dialect. */
export const batchErrors = createVocabulary({
  unauthenticated: "invalid_key",
  forbidden: "forbidden",
  agent_cap_exceeded: "agent_cap_exceeded",
  not_found: "not_found",
  job_not_found: "not_found",
  memory_not_found: "not_found",
  fact_not_found: "not_found",
  fact_not_current: "fact_not_current",
  stale_write: "stale_write",
  conflict: "conflict",
  invalid_request: "invalid_request",
  rate_limit_exceeded: "rate_limit_exceeded",
  quota_exceeded: "quota_exceeded",
  too_many_batches: "too_many_batches",
  search_unavailable: "search_unavailable",
  search_failed: "search_unavailable",
  writes_paused: "writes_paused",
  method_not_allowed: "method_not_allowed",
  signup_disabled: "signup_disabled",
  signup_rate_limited: "signup_rate_limited",
  confirmation_required: "confirmation_required",
  account_has_login: "account_has_login",
  // Not in the vendor's list: its closest code, or the other dialect's code.
  malformed_body: "invalid_request",
  body_too_large: "invalid_request",
  invalid_messages: "invalid_request",
  missing_user_id: "invalid_request",
  missing_conversation_id: "invalid_request",
  missing_org_id: "invalid_request",
  immutable_field: "invalid_request",
  empty_patch: "invalid_request",
  group_not_found: "not_found",
  contradictory_group_ids: "invalid_request",
  invalid_group_ids: "invalid_request",
  groups_quota_exceeded: "invalid_request",
  webhook_not_found: "not_found",
  cursor_mismatch: "invalid_request",
  unsupported_include_option: "invalid_request",
  invalid_webhook_url: "invalid_request",
  idempotency_mismatch: "idempotency_mismatch",
  token_expired: "token_expired",
  extraction_failed: "extraction_failed",
  extractor_unavailable: "extractor_unavailable",
  org_mismatch: "forbidden",
  server_error: "server_error",
  patch_failed: "server_error",
  trigger_failed: "server_error",
  delete_failed: "server_error",
  ingest_failed: "server_error",
  unavailable: "server_error",
} as const satisfies Record<ServerErrorCode, string>);

/** The envelope that every error of the batch dialect travels in. */
export const batchErrorCodec = z.codec(
  z.extend(quotaFields, {
    code: vocabularyWire(batchErrors),
    message: z.string(),
    /** With `fact_not_current`: the fact that replaced it. */
    current_fact_id: z.optional(z.nullable(z.string())),
  }),
  z.custom<ErrorReport>(),
  {
    decode: ({ code, message, current_fact_id, ...quota }) => ({
      code,
      message,
      requestId: null,
      issues: [],
      currentFactId: current_fact_id ?? undefined,
      quota: readQuota(quota),
    }),
    encode: ({ code, message, currentFactId, quota }) => ({
      code,
      message,
      ...(currentFactId !== undefined && { current_fact_id: currentFactId }),
      ...printQuota(quota),
    }),
  },
);
