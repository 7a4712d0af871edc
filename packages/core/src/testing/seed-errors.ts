import type { ServerErrorCode } from "../errors/error-table.ts";
import type { Job } from "../job/job.ts";

/** One row of the seeds' error tables. */
export interface SeedError {
  readonly dialect: Job["kind"];
  readonly status: number;
  /** The word on the wire. */
  readonly word: string;
  /** Our name for it. */
  readonly code: ServerErrorCode;
  /** The cause. */
  readonly cause: string;
  readonly hasRetryAfter: boolean;
}

/** Every error for reading a job in the seeds, with its status. */
export const seedErrors = [
  {
    dialect: "ingest",
    status: 404,
    word: "job_not_found",
    code: "job_not_found",
    cause: "the job ended more than 24 hours ago, or never existed",
    hasRetryAfter: false,
  },
  {
    dialect: "batch",
    status: 401,
    word: "invalid_key",
    code: "unauthenticated",
    cause: "the API key is missing or invalid",
    hasRetryAfter: false,
  },
  {
    dialect: "batch",
    status: 403,
    word: "forbidden",
    code: "forbidden",
    cause: "the API key lacks the scope memories:read",
    hasRetryAfter: false,
  },
  {
    dialect: "batch",
    status: 404,
    word: "not_found",
    code: "job_not_found",
    cause: "the id has an unknown format, or is not the id of a job of this organisation",
    hasRetryAfter: false,
  },
  {
    dialect: "batch",
    status: 429,
    word: "rate_limit_exceeded",
    code: "rate_limit_exceeded",
    cause: "the tier's limit of requests was hit",
    hasRetryAfter: true,
  },
] as const satisfies readonly SeedError[];
