import { createVocabulary, type ErrorReport, type ServerErrorCode } from "@memlane/core";
import { vocabularyWire } from "@memlane/core/internal";
import * as z from "zod/mini";

/** The error codes of the notes dialect. */
export const notesErrors = createVocabulary({
  unauthenticated: "WHO_ARE_YOU",
  signup_disabled: "NOT_ALLOWED",
  account_has_login: "NOT_ALLOWED",
  confirmation_required: "BAD_NOTES",
  token_expired: "WHO_ARE_YOU",
  forbidden: "NOT_ALLOWED",
  org_mismatch: "NOT_ALLOWED",
  agent_cap_exceeded: "NOT_ALLOWED",
  invalid_request: "BAD_NOTES",
  malformed_body: "BAD_NOTES",
  body_too_large: "BAD_NOTES",
  invalid_messages: "BAD_NOTES",
  missing_org_id: "BAD_NOTES",
  missing_user_id: "BAD_NOTES",
  missing_conversation_id: "BAD_NOTES",
  immutable_field: "BAD_NOTES",
  empty_patch: "BAD_NOTES",
  contradictory_group_ids: "BAD_NOTES",
  invalid_group_ids: "BAD_NOTES",
  groups_quota_exceeded: "BAD_NOTES",
  cursor_mismatch: "BAD_NOTES",
  unsupported_include_option: "BAD_NOTES",
  invalid_webhook_url: "BAD_NOTES",
  idempotency_mismatch: "BAD_NOTES",
  method_not_allowed: "WRONG_METHOD",
  not_found: "NOTHING_THERE",
  job_not_found: "NO_SUCH_IMPORT",
  memory_not_found: "NOTHING_THERE",
  webhook_not_found: "NOTHING_THERE",
  fact_not_found: "NOTHING_THERE",
  group_not_found: "NOTHING_THERE",
  conflict: "CONFLICT",
  stale_write: "CONFLICT",
  fact_not_current: "CONFLICT",
  rate_limit_exceeded: "TOO_FAST",
  signup_rate_limited: "TOO_FAST",
  too_many_batches: "TOO_FAST",
  quota_exceeded: "FULL",
  server_error: "OUR_FAULT",
  ingest_failed: "OUR_FAULT",
  extraction_failed: "OUR_FAULT",
  search_failed: "OUR_FAULT",
  patch_failed: "OUR_FAULT",
  unavailable: "OUR_FAULT",
  extractor_unavailable: "OUR_FAULT",
  search_unavailable: "OUR_FAULT",
  writes_paused: "OUR_FAULT",
} as const satisfies Record<ServerErrorCode, string>);

/** The envelope of its errors. */
export const notesErrorCodec = z.codec(
  z.object({ problem: z.object({ kind: vocabularyWire(notesErrors), text: z.string() }) }),
  z.custom<ErrorReport>(),
  {
    decode: ({ problem }) => ({ code: problem.kind, message: problem.text, requestId: null, issues: [] }),
    encode: ({ code, message }) => ({ problem: { kind: code, text: message } }),
  },
);
