import * as z from "zod/mini";
import { createVocabulary, vocabularyWire } from "../dialect/vocabulary.ts";
import type { ErrorReport } from "../errors/error-report.ts";
import { printQuota, quotaFields, readQuota } from "../errors/quota.ts";
import { errorTable, type ServerErrorCode } from "../errors/error-table.ts";

/** The error codes of the ingest dialect. */
export const ingestErrors = createVocabulary({
  invalid_request: "invalid_request",
  invalid_messages: "invalid_messages",
  missing_user_id: "missing_user_id",
  missing_conversation_id: "missing_conv_id",
  missing_org_id: "missing_org_id",
  org_mismatch: "org_mismatch",
  unauthenticated: "unauthorized",
  forbidden: "forbidden",
  not_found: "not_found",
  job_not_found: "job_not_found",
  memory_not_found: "memory_not_found",
  immutable_field: "immutable_field",
  empty_patch: "empty_patch",
  group_not_found: "group_not_found",
  contradictory_group_ids: "contradictory_group_ids",
  invalid_group_ids: "invalid_group_ids",
  groups_quota_exceeded: "groups_quota_exceeded",
  patch_failed: "patch_failed",
  cursor_mismatch: "cursor_mismatch",
  unsupported_include_option: "unsupported_include_option",
  webhook_not_found: "webhook_not_found",
  invalid_webhook_url: "invalid_webhook_url",
  rate_limit_exceeded: "rate_limit_exceeded",
  ingest_failed: "ingest_failed",
  search_failed: "search_failed",
  trigger_failed: "trigger_failed",
  delete_failed: "delete_failed",
  server_error: "server_error",
  // Not in the vendor's list: its closest code, or the other dialect's code.
  malformed_body: "invalid_request",
  body_too_large: "invalid_request",
  method_not_allowed: "method_not_allowed",
  unavailable: "server_error",
  search_unavailable: "search_failed",
  writes_paused: "server_error",
  conflict: "conflict",
  stale_write: "stale_write",
  fact_not_found: "memory_not_found",
  fact_not_current: "fact_not_current",
  agent_cap_exceeded: "agent_cap_exceeded",
  quota_exceeded: "quota_exceeded",
  too_many_batches: "too_many_batches",
  idempotency_mismatch: "idempotency_mismatch",
  token_expired: "token_expired",
  signup_disabled: "signup_disabled",
  signup_rate_limited: "signup_rate_limited",
  confirmation_required: "confirmation_required",
  account_has_login: "account_has_login",
  extraction_failed: "extraction_failed",
  extractor_unavailable: "extractor_unavailable",
} as const satisfies Record<ServerErrorCode, string>);

const issue = z.object({ field: z.string(), message: z.string(), type: z.string() });
const code = vocabularyWire(ingestErrors);

const envelope = z.object({
  error: z.object({
    type: z.string(),
    code,
    message: z.string(),
    request_id: z._default(z.nullable(z.string()), null),
    /** What is wrong with each field; or the quota that is used up. */
    details: z.optional(z.extend(quotaFields, { errors: z.optional(z.array(issue)) })),
  }),
  detail: z.object({ code, message: z.string() }),
});

/** The envelope that every error of the ingest dialect travels in. */
export const ingestErrorCodec = z.codec(envelope, z.custom<ErrorReport>(), {
  decode: ({ error }) => ({
    code: error.code,
    message: error.message,
    requestId: error.request_id,
    issues: error.details?.errors ?? [],
    quota: readQuota(error.details ?? {}),
  }),
  encode: ({ message, requestId, issues, quota, ...report }) => ({
    error: {
      type: errorTable[report.code].type,
      code: report.code,
      message,
      request_id: requestId,
      ...((issues.length > 0 || quota !== undefined) && {
        details: { ...(issues.length > 0 && { errors: [...issues] }), ...printQuota(quota) },
      }),
    },
    detail: { code: report.code, message },
  }),
});
