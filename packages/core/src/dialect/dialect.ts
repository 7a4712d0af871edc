import type * as z from "zod/mini";
import type { ErrorReport } from "../errors/error-report.ts";
import type { ServerErrorCode } from "../errors/error-table.ts";
import type { JobState } from "../job/job-machine.ts";
import type { Job } from "../job/job.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** One wire format for jobs: everything in which it differs from our own names. */
export interface Dialect {
  /** What the HTTP reference calls it, such as `batch`. */
  readonly name: string;
  readonly statuses: Vocabulary<JobState>;
  readonly errors: Vocabulary<ServerErrorCode>;
  /** The job in both forms. */
  readonly job: z.ZodMiniType<Job, object>;
  /** The error envelope in both forms. */
  readonly error: z.ZodMiniType<ErrorReport>;
}
