// A job as an answer, at once or to a long-poll, with its entity tag and, until it has ended, when to ask again.
import { isTerminal, MemlaneError, type JobId } from "@memlane/core";
import type { JobSignals } from "../../jobs/job-signals.ts";
import { digestOf } from "../digest.ts";
import type { LongPoll } from "../long-poll.ts";
import { jobReadings, type ReadJob } from "../../jobs/job-readings.ts";
import { linkSignals } from "../linked-signal.ts";
import type { Answer } from "../route.ts";
import type { StoredJob } from "../../store/job-row.ts";
import type { WaitEstimate } from "../../jobs/wait-estimate.ts";

/** What an answer is made of. */
interface JobRequest<J extends StoredJob> {
  readonly id: JobId;
  readonly read: ReadJob<J>;
  /** The job for whoever has just made it. */
  readonly made?: J | undefined;
  readonly print: (job: J) => object;
  readonly longPoll: LongPoll;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  /** The status while the job goes on: 202 for whoever has just made it. @default 200 */
  readonly pendingStatus?: 200 | 202;
  /** Headers to say beside the job. */
  readonly saying?: Readonly<Record<string, string>>;
  /** Fields to add to the job, of which its tag knows nothing. */
  readonly adding?: object | undefined;
}

/** Answers with a job. @throws MemlaneError `job_not_found` */
export type AnswerJob = <J extends StoredJob>(request: JobRequest<J>) => Promise<Answer>;

/**
 * Makes the answers. A long-poll is answered when the job has ended or, with `If-None-Match`, as soon as the job differs from
 * what the caller has seen.
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
      longPoll,
      headers,
      signal,
      pendingStatus = 200,
      saying = {},
      adding,
    } = request;
    const seenTag = headers.get("if-none-match");
    if (longPoll.seconds === 0) return answerOf(made ?? (await read()));
    const until = linkSignals([signal, closing], longPoll.seconds * 1000);
    let answer: Answer | undefined;
    try {
      for await (const job of jobReadings(signals, { id, read, signal: until.signal, made })) {
        answer = answerOf(job);
        if (seenTag !== null && answer.status !== 304) break;
      }
    } finally {
      until.release();
    }
    return answer!; // there is a first reading, and the last is of a job that has ended, or too late

    function answerOf(current: J | undefined): Answer {
      if (current === undefined) {
        throw new MemlaneError({ code: "job_not_found", message: "there is no such job" });
      }
      const body = print(current);
      const etag = `"${digestOf(JSON.stringify(body))}"`;
      const hasEnded = isTerminal(current.state);
      const all = {
        etag,
        "cache-control": "private, no-cache",
        ...(!hasEnded && { "retry-after": String(estimate(current)) }),
        ...longPoll.headers,
        ...saying,
      };
      if (seenTag?.includes(etag)) return { status: 304, headers: all };
      return { status: hasEnded ? 200 : pendingStatus, body: { ...body, ...adding }, headers: all };
    }
  };
}
