import type * as z from "zod/mini";
import type { Credentials } from "../client/credentials.ts";
import type { ServerErrorCode } from "../errors/error-table.ts";
import type { JobState } from "../job/job-machine.ts";
import type { ErrorWire } from "./error-wire.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What a client needs to read the jobs and the errors of a dialect. */
export interface ClientDialect<
  Job extends { readonly id: string; readonly status: string },
  StatusWord extends string,
> {
  readonly name: string;
  readonly statuses: Vocabulary<JobState, StatusWord>;
  readonly errors: Vocabulary<ServerErrorCode>;
  /** The path of its jobs, without an id. */
  readonly jobsPath: string;
  /** A job as any server of this dialect may send it, with its `id` and its `status` under these names. */
  readonly jobWire: z.ZodMiniType<Job>;
  /** Finds the error in an answer of any server of this dialect. */
  readonly errorWire: z.ZodMiniType<ErrorWire>;
  /** The headers that name the caller when it reads a job. */
  readonly headersOf: (credentials: Credentials) => Readonly<Record<string, string>>;
}
