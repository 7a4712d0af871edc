import {
  batchStatuses,
  ingestStatuses,
  MemlaneError,
  parseJson,
  parseRetryAfter,
  type BatchJobWire,
  type CallOptions,
  type IngestJobWire,
  type JobState,
  type Runtime,
  type Vocabulary,
} from "@memlane/core";
import { readBatchJob } from "./batch-job.ts";
import { errorOfAnswer } from "./error-of-answer.ts";
import { readIngestJob } from "./ingest-job.ts";

/** How each dialect writes a job. */
export interface JobWires {
  readonly ingest: IngestJobWire;
  readonly batch: BatchJobWire;
}

/** The name of a dialect. */
export type DialectName = keyof JobWires;

interface JobDialect<Job> {
  readonly path: string;
  readonly statuses: Vocabulary<JobState>;
  readonly parse: (json: unknown) => Job;
}

const dialects: { readonly [Name in DialectName]: JobDialect<JobWires[Name]> } = {
  ingest: { path: "/v1/memories/jobs", statuses: ingestStatuses, parse: readIngestJob },
  batch: { path: "/v1/batch", statuses: batchStatuses, parse: readBatchJob },
};

interface JobReading<Job> {
  readonly job: Job;
  /** Undefined when the status is a word that the dialect does not know. */
  readonly state: JobState | undefined;
  readonly retryAfterMs: number | undefined;
}

/** Reads a job once. @throws MemlaneError */
export type ReadJob<Job> = (options: CallOptions) => Promise<JobReading<Job>>;

/** Reads one job, as whoever the token stands for. */
export function createReadJob<Name extends DialectName>(
  { transport, now }: Runtime,
  name: Name,
  id: string,
  token: string,
): ReadJob<JobWires[Name]> {
  const { path, statuses, parse }: JobDialect<JobWires[Name]> = dialects[name];
  return async ({ timeoutMs, signal }) => {
    const answer = await transport({
      method: "GET",
      path: `${path}/${encodeURIComponent(id)}`,
      query: {},
      headers: { accept: "application/json", authorization: `Bearer ${token}` },
      body: undefined,
      timeoutMs,
      retry: "never",
      signal,
    });
    if (answer.status < 200 || answer.status > 299) throw errorOfAnswer(answer, now());
    try {
      const job = parse(parseJson(answer.body));
      const retryAfterMs = parseRetryAfter(answer.header("retry-after"), now());
      return { job, state: statuses.nameOf(job.status), retryAfterMs };
    } catch (cause) {
      const requestId = answer.header("x-request-id") ?? undefined;
      const message = "the answer is not a job";
      throw new MemlaneError({
        code: "unreadable_response",
        message,
        status: answer.status,
        requestId,
        cause,
      });
    }
  };
}
