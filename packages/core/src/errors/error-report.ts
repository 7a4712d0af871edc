import type { ServerErrorCode } from "./error-table.ts";
import type { Quota } from "./quota.ts";

/** What is wrong with one field of a request. */
export interface FieldIssue {
  /** The path of the field, such as `messages[0].content`. */
  readonly field: string;
  readonly message: string;
  /** The kind of issue, such as `too_big`. */
  readonly type: string;
}

/** An error answer, without the words of a dialect. */
export interface ErrorReport {
  readonly code: ServerErrorCode;
  readonly message: string;
  /** The request's id in the server's log. */
  readonly requestId: string | null;
  /** What is wrong with each field; empty unless validation failed. */
  readonly issues: readonly FieldIssue[];
  /** The quota that is used up. */
  readonly quota?: Quota | undefined;
  /** With `fact_not_current`: the fact that replaced it, if one did. */
  readonly currentFactId?: string | undefined;
}
