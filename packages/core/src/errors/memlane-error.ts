import type { FieldIssue } from "./error-report.ts";
import type { Quota } from "./quota.ts";
import { errorTable, type ErrorCode, type ErrorType } from "./error-table.ts";

const marker = Symbol.for("memlane.error");

/** The parts of an error. `errorTable` gives the parts that the code implies. */
export interface MemlaneErrorOptions {
  readonly code: ErrorCode;
  readonly message: string;
  /** HTTP status, if it differs from the table's; null if no server answered. */
  readonly status?: number | null | undefined;
  /** The code as the server spelled it. */
  readonly wireCode?: string | undefined;
  readonly requestId?: string | undefined;
  readonly issues?: readonly FieldIssue[] | undefined;
  /** The quota that is used up, with `quota_exceeded`. */
  readonly quota?: Quota | undefined;
  /** With `fact_not_current`: the fact that replaced it. */
  readonly currentFactId?: string | undefined;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  readonly jobId?: string | undefined;
  /** The job as it was last seen. */
  readonly lastJob?: unknown;
  readonly cause?: unknown;
}

/**
 * The only error class of this library: the outcome of a call is unknown. A job that failed is not an error;
 * waiting for it resolves with the failed job.
 */
export class MemlaneError extends Error {
  /** What went wrong, for a program; every code has a row in `errorTable`. */
  readonly code: ErrorCode;
  readonly type: ErrorType;
  /** HTTP status; null if no server answered. */
  readonly status: number | null;
  /** Whether sending the same request again can help. */
  readonly retryable: boolean;
  /** The code as the server spelled it; undefined if no server answered. */
  readonly wireCode: string | undefined;
  /** The request's id in the server's log. */
  readonly requestId: string | undefined;
  /** What is wrong with each field; empty unless validation failed. */
  readonly issues: readonly FieldIssue[];
  /** The quota that is used up, with `quota_exceeded`; undefined if the server does not send it. */
  readonly quota: Quota | undefined;
  /** With `fact_not_current`: the fact that replaced it; undefined if none did. */
  readonly currentFactId: string | undefined;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The accepted job whose outcome is unknown. */
  readonly jobId: string | undefined;
  /** That job as it was last seen. */
  readonly lastJob: unknown;
  readonly [marker] = true;

  constructor(options: MemlaneErrorOptions) {
    super(options.message, { cause: options.cause });
    this.name = "MemlaneError";
    const row = errorTable[options.code];
    this.code = options.code;
    this.type = row.type;
    this.status = options.status === undefined ? row.status : options.status;
    this.retryable = row.retryable;
    this.wireCode = options.wireCode;
    this.requestId = options.requestId;
    this.issues = options.issues ?? [];
    this.quota = options.quota;
    this.currentFactId = options.currentFactId;
    this.retryAfterMs = options.retryAfterMs;
    this.jobId = options.jobId;
    this.lastJob = options.lastJob;
  }

  /** Whether a caught value is a MemlaneError, even of another copy of this package. */
  static is(this: void, value: unknown): value is MemlaneError {
    return typeof value === "object" && value !== null && marker in value;
  }
}
