import type * as z from "zod/mini";
import type { Vocabulary } from "../dialect/vocabulary.ts";
import type { JobState } from "../job/job-machine.ts";
import { parseRetryAfter } from "../poll/retry-after.ts";
import { readBody, type Caller, type CallOptions } from "./call.ts";
import type { ReadJob } from "./poll-job.ts";
import { resourcePath } from "./resource-path.ts";
import type { Runtime } from "./runtime.ts";

/** Reads the jobs of one dialect. */
export interface JobReader<Job> {
  readonly get: (id: string, options: CallOptions) => Promise<Job>;
  /** A reader for a poll, which retries by itself. */
  readonly reading: (id: string) => ReadJob<Job>;
}

/** What a dialect's jobs are read by. */
export interface JobSource<Schema extends z.ZodMiniType> {
  readonly path: string;
  readonly schema: Schema;
  readonly statuses: Vocabulary<JobState>;
}

/** The reader of one dialect's jobs. */
export function createJobReader<Job extends { readonly status: string }>(
  runtime: Pick<Runtime, "now">,
  call: Caller,
  { path, schema, statuses }: JobSource<z.ZodMiniType<Job>>,
): JobReader<Job> {
  return {
    async get(id, options) {
      return readBody(schema, await call({ method: "GET", path: resourcePath(path, id), ...options }));
    },
    reading:
      (id) =>
      async ({ tag, holdSeconds, ...options }) => {
        const headers = { prefer: `wait=${holdSeconds}`, ...(tag !== undefined && { "if-none-match": tag }) };
        const target = resourcePath(path, id);
        const response = await call({ method: "GET", path: target, headers, retry: "never", ...options });
        const job = response.status === 304 ? undefined : readBody(schema, response);
        return {
          job,
          state: job && statuses.nameOf(job.status),
          retryAfterMs: parseRetryAfter(response.header("retry-after"), runtime.now()),
          tag: response.header("etag") ?? undefined,
          canHold: response.header("preference-applied") !== null,
        };
      },
  };
}
