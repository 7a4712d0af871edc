import { describe, expect, expectTypeOf, test } from "vitest";
import { batchDialect } from "../batch/dialect.ts";
import { ingestDialect } from "../ingest/dialect.ts";
import { errorTable, serverErrorCodes, type ErrorCode, type ServerErrorCode } from "./error-table.ts";

const codes = Object.keys(errorTable) as ErrorCode[];

test("a code has a status if and only if a server can send it", () => {
  expect(codes.filter((code) => errorTable[code].status === null).toSorted()).toEqual([
    "aborted",
    "network_error",
    "redirected",
    "timeout",
    "unreadable_response",
  ]);
  expect(new Set(serverErrorCodes)).toEqual(
    new Set(codes.filter((code) => errorTable[code].status !== null)),
  );
  expectTypeOf<Exclude<ErrorCode, ServerErrorCode>>().toEqualTypeOf<
    "aborted" | "network_error" | "redirected" | "timeout" | "unreadable_response"
  >();
});

test("every status of the table has its error type", () => {
  const typeOf: Readonly<Record<number, string>> = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    405: "invalid_request_error",
    409: "conflict_error",
    413: "invalid_request_error",
    422: "invalid_request_error",
    429: "rate_limit_error",
    500: "server_error",
    503: "server_error",
  };
  for (const code of serverErrorCodes) expect(errorTable[code].type).toBe(typeOf[errorTable[code].status]);
});

test("a server error is retryable, and a client error other than 429 is not", () => {
  for (const code of serverErrorCodes) {
    const { status, retryable } = errorTable[code];
    if (status >= 500) expect(retryable).toBe(true);
    if (status < 500 && status !== 429) expect(retryable).toBe(false);
  }
  expect(errorTable.quota_exceeded.retryable).toBe(false); // the quota is for a month, so a retry does not help
});

describe.each([ingestDialect, batchDialect])("the $name dialect", (dialect) => {
  test("spells every code that a server can send", () => {
    for (const code of serverErrorCodes) expect(dialect.errors.words[code]).toMatch(/^[a-z_]+$/);
  });

  test("reads each of its words as a code, and prints that code as the same word", () => {
    for (const word of Object.values<string>(dialect.errors.words)) {
      const code = dialect.errors.nameOf(word);
      expect(code === undefined ? undefined : dialect.errors.words[code]).toBe(word);
    }
  });

  test("reads the word of each code as a code with a status of the same class", () => {
    for (const code of serverErrorCodes) {
      const read = dialect.errors.nameOf(dialect.errors.words[code]);
      expect(Math.floor(errorTable[read ?? code].status / 100)).toBe(
        Math.floor(errorTable[code].status / 100),
      );
    }
  });
});

test("no word has different meanings in the two dialects", () => {
  for (const word of Object.values<string>(ingestDialect.errors.words)) {
    const other = batchDialect.errors.nameOf(word);
    if (other !== undefined) expect(ingestDialect.errors.nameOf(word)).toBe(other);
  }
});

test("each dialect has all words of its vendor", () => {
  const vendorWords = {
    ingest:
      "invalid_request invalid_messages missing_user_id missing_conv_id missing_org_id org_mismatch unauthorized forbidden job_not_found memory_not_found immutable_field empty_patch cursor_mismatch rate_limit_exceeded ingest_failed search_failed server_error " +
      "unsupported_include_option group_not_found contradictory_group_ids invalid_group_ids groups_quota_exceeded " +
      "webhook_not_found invalid_webhook_url patch_failed trigger_failed delete_failed",
    batch:
      "invalid_key forbidden agent_cap_exceeded not_found stale_write conflict invalid_request rate_limit_exceeded quota_exceeded too_many_batches search_unavailable writes_paused",
  };
  for (const dialect of [ingestDialect, batchDialect]) {
    for (const word of vendorWords[dialect.name].split(" ")) {
      expect(dialect.errors.nameOf(word), word).toBeDefined();
    }
  }
});

test("a caller without a key gets the error in the dialect's format", () => {
  expect(ingestDialect.errors.words.unauthenticated).toBe("unauthorized");
  expect(batchDialect.errors.words.unauthenticated).toBe("invalid_key");
});
