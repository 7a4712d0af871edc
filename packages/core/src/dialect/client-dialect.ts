import type * as z from "zod/mini";
import type { Credentials } from "../client/credentials.ts";
import type { ServerErrorCode } from "../errors/error-table.ts";
import type { JobState } from "../job/job-machine.ts";
import type { JobView } from "../job/job-view.ts";
import type { ErrorWire } from "./error-wire.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What a client needs to read and show the jobs of a dialect, and to read its errors. */
export interface ClientDialect<
  Name extends string,
  Job extends { readonly id: string; readonly status: string },
  StatusWord extends string,
> {
  readonly name: Name;
  readonly statuses: Vocabulary<JobState, StatusWord>;
  readonly errors: Vocabulary<ServerErrorCode>;
  /** The path of its jobs, without an id. */
  readonly jobsPath: string;
  /** A job as any server of this dialect may send it, with its `id` and its `status` under these names. */
  readonly jobWire: z.ZodMiniType<Job>;
  /** A job that a client has read, as programs show it; undefined if the job is of another dialect. */
  readonly viewJob: (job: object) => JobView | undefined;
  /** Finds the error in an answer of any server of this dialect. */
  readonly errorWire: z.ZodMiniType<ErrorWire>;
  /** The headers that name the caller when it reads a job. */
  readonly headersOf: (credentials: Credentials) => Readonly<Record<string, string>>;
}
