import type { ServerErrorCode } from "./error-table.ts";

/** What is wrong with one field of a request. */
export interface FieldIssue {
  /** Where, such as `messages[0].content`. */
  readonly field: string;
  readonly message: string;
  /** The kind of issue, such as `too_big`. */
  readonly type: string;
}

/** An error answer, before a dialect spells it. */
export interface ErrorReport {
  readonly code: ServerErrorCode;
  readonly message: string;
  /** By what name the server's log knows the request. */
  readonly requestId: string | null;
  /** What is wrong with each field; empty when the error is not one of validation. */
  readonly issues: readonly FieldIssue[];
}
