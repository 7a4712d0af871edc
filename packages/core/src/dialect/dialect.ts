import type * as z from "zod/mini";
import type { ErrorReport } from "../errors/error-report.ts";
import type { ServerErrorCode } from "../errors/error-table.ts";
import type { JobState } from "../job/job-machine.ts";
import type { Job } from "../job/job.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** One wire format for jobs: its words and its codecs. */
export interface Dialect {
  /** Its name in the HTTP reference, such as `batch`. */
  readonly name: string;
  readonly statuses: Vocabulary<JobState>;
  readonly errors: Vocabulary<ServerErrorCode>;
  /** Converts a job between its wire format and ours. */
  readonly job: z.ZodMiniType<Job, object>;
  /** Converts an error between its envelope and our report. */
  readonly error: z.ZodMiniType<ErrorReport>;
}
