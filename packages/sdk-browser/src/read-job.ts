import {
  batchStatuses,
  ingestStatuses,
  isTerminal,
  MemlaneError,
  parseJson,
  parseRetryAfter,
  type BatchJobWire,
  type IngestJobWire,
  type JobState,
  type ReadJob,
  type Runtime,
  type TransportResponse,
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

/** Reads one job, as whoever the token stands for. */
export function createReadJob<Name extends DialectName>(
  { transport, now }: Runtime,
  name: Name,
  id: string,
  token: string,
): ReadJob<JobWires[Name]> {
  const { path, statuses, parse }: JobDialect<JobWires[Name]> = dialects[name];
  return async ({ timeoutMs, signal, tag, holdSeconds }) => {
    const answer = await transport({
      method: "GET",
      path: `${path}/${encodeURIComponent(id)}`,
      query: {},
      headers: {
        accept: "application/json",
        authorization: `Bearer ${token}`,
        prefer: `wait=${holdSeconds}`,
        ...(tag !== undefined && { "if-none-match": tag }),
      },
      body: undefined,
      timeoutMs,
      retry: "never",
      signal,
    });
    const isUnchanged = answer.status === 304 && tag !== undefined;
    if (!isUnchanged && (answer.status < 200 || answer.status > 299)) throw errorOfAnswer(answer, now());
    const job = isUnchanged ? undefined : parseJob(parse, answer);
    return {
      job,
      state: job && statuses.nameOf(job.status),
      retryAfterMs: parseRetryAfter(answer.header("retry-after"), now()),
      tag: answer.header("etag") ?? undefined,
      canHold: answer.header("preference-applied") !== null,
    };
  };
}

function parseJob<Job>(parse: (json: unknown) => Job, answer: TransportResponse): Job {
  try {
    return parse(parseJson(answer.body));
  } catch (cause) {
    throw new MemlaneError({
      code: "unreadable_response",
      message: "the answer is not a job",
      status: answer.status,
      requestId: answer.header("x-request-id") ?? undefined,
      cause,
    });
  }
}

/** Whether a job has ended, by its dialect's own word. */
export function hasEnded(name: DialectName, { status }: { readonly status: string }): boolean {
  const state = dialects[name].statuses.nameOf(status);
  return state !== undefined && isTerminal(state);
}
