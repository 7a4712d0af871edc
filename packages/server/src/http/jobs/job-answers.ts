// The answer with a job: at once or after a long-poll, with an ETag and, until the job ends,
// `Retry-After`.
import { isTerminal, type JobId } from "@memlane/core";
import { jobNotFound } from "../../jobs/job-not-found.ts";
import type { JobSignals } from "../../jobs/job-signals.ts";
import { digestOf } from "../digest.ts";
import type { AnswerWait } from "../long-poll.ts";
import { jobReadings, type ReadJob } from "../../jobs/job-readings.ts";
import { linkSignals } from "../linked-signal.ts";
import type { Answer } from "../route.ts";
import type { StoredJob } from "../../store/job-row.ts";
import type { WaitEstimate } from "../../jobs/wait-estimate.ts";

/** How to answer with a job. */
interface JobRequest<J extends StoredJob> {
  readonly id: JobId;
  readonly read: ReadJob<J>;
  /** The job, if this request created it. */
  readonly made?: J | undefined;
  readonly print: (job: J) => object;
  readonly wait: AnswerWait;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  /** The status while the job is unfinished: 202 if this request created it. @default 200 */
  readonly pendingStatus?: 200 | 202;
  readonly extraHeaders?: Readonly<Record<string, string>>;
  /** Fields to add to the job. The ETag does not depend on them. */
  readonly extraFields?: object | undefined;
}

/** Answers with a job. @throws MemlaneError `job_not_found` */
export type AnswerJob = <J extends StoredJob>(request: JobRequest<J>) => Promise<Answer>;

/**
 * Creates the function that answers with a job. A long-poll is answered when the job has
 * ended. With `If-None-Match`, it is answered as soon as the job's ETag differs.
 */
export function createAnswerJob(
  signals: JobSignals,
  estimate: WaitEstimate,
  closing: AbortSignal,
): AnswerJob {
  return async <J extends StoredJob>(request: JobRequest<J>) => {
    const {
      id,
      read,
      made,
      print,
      wait,
      headers,
      signal,
      pendingStatus = 200,
      extraHeaders = {},
      extraFields,
    } = request;
    const seenTag = headers.get("if-none-match");
    if (wait.seconds === 0) return answerOf(made ?? (await read()));
    const until = linkSignals([signal, closing], wait.seconds * 1000);
    let answer: Answer | undefined;
    try {
      for await (const job of jobReadings(signals, { id, read, signal: until.signal, made })) {
        answer = answerOf(job);
        if (seenTag !== null && answer.status !== 304) break;
      }
    } finally {
      until.release();
    }
    return answer!; // there is always at least one reading

    function answerOf(current: J | undefined): Answer {
      if (current === undefined) throw jobNotFound();
      const body = print(current);
      const etag = `"${digestOf(JSON.stringify(body))}"`;
      const hasEnded = isTerminal(current.state);
      const all = {
        etag,
        "cache-control": "private, no-cache",
        ...(!hasEnded && { "retry-after": String(estimate(current)) }),
        ...wait.headers,
        ...extraHeaders,
      };
      if (seenTag?.includes(etag)) return { status: 304, headers: all };
      return { status: hasEnded ? 200 : pendingStatus, body: { ...body, ...extraFields }, headers: all };
    }
  };
}
