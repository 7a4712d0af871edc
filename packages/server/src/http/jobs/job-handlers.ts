// Creates and reads the jobs of any dialect. The dialect's routes only add what is specific to it.
import { jobIds, type Dialect, type Job, type JobId } from "@memlane/core";
import * as z from "zod/mini";
import { isOfKind, type JobOfKind } from "../../store/job-row.ts";
import type { NewJob } from "../../store/insert-jobs.ts";
import { createOnce } from "../idempotency-key.ts";
import { longPollQuery, readAnswerWait } from "../long-poll.ts";
import { idOfPath } from "../ids.ts";
import { longestTokenSeconds, usualTokenSeconds } from "./job-token.ts";
import type { ReadJob } from "../../jobs/job-readings.ts";
import type { Answer, Input } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";

/** The query parameters of a route that creates a job. */
export const createJobQuery = z.extend(longPollQuery, {
  token: z.optional(
    z.pipe(
      z.string().check(
        z.regex(/^(?:true|false|[1-9]\d{0,4})$/i, "must be true, false or a number of seconds"),
        z.meta({
          description:
            "Adds a `token` to the job with which a page can read it: `true` for one that is valid for " +
            `${usualTokenSeconds} seconds, or the number of seconds, at most ${longestTokenSeconds}.`,
        }),
      ),
      z.transform(lifetimeOf),
    ),
  ),
});

function lifetimeOf(text: string): number | undefined {
  if (text.toLowerCase() === "false") return undefined;
  return text.toLowerCase() === "true" ? usualTokenSeconds : Math.min(Number(text), longestTokenSeconds);
}

/** The kind of jobs that the handlers are for. */
export interface JobsToHandle<Kind extends Job["kind"]> {
  readonly dialect: Dialect;
  readonly kind: Kind;
  /** The operation that creates such a job. */
  readonly operationId: string;
}

/** Handlers for the jobs of one dialect. */
export interface JobHandlers {
  /** Enqueues a job, once per `Idempotency-Key`, and answers with it. */
  readonly create: (
    input: Input<z.output<typeof createJobQuery>, unknown>,
    job: Omit<NewJob<Job["kind"]>, "id" | "orgId" | "kind" | "dialect" | "trace">,
    /** More fields of the answer. */
    adding?: object,
    /** Called when the job is stored, unless an earlier request stored it. */
    onMade?: () => void,
  ) => Promise<Answer>;
  /** Answers with a job. */
  readonly get: (input: Input<z.output<typeof longPollQuery>, unknown>) => Promise<Answer>;
}

/** Creates the handlers. They read every job of this kind, and print it in this dialect's format. */
export function createJobHandlers<Kind extends Job["kind"]>(
  { jobs, limitsOf, newId, answerJob, jobWire }: ServiceContext,
  { dialect, kind, operationId }: JobsToHandle<Kind>,
): JobHandlers {
  const print = (job: JobOfKind<Kind>) => z.encode(dialect.job, job);
  const reader =
    (orgId: string, id: JobId): ReadJob<JobOfKind<Kind>> =>
    async (ended) =>
      isOfKind(ended, kind) ? ended : jobs.read(orgId, kind, id);
  return {
    async create(
      { orgId, database, query, body, closeBody, headers, signal, mintJobToken },
      job,
      adding,
      onMade,
    ) {
      const limits = await limitsOf(orgId);
      const creation = { orgId, headers, operationId, body, newId };
      const insert = (id: JobId, keyed: Parameters<typeof jobs.insertOnce>[1]) =>
        jobs.insertOnce({ ...job, id, orgId, kind, dialect: dialect.name }, keyed, limits);
      const {
        id,
        made,
        headers: extraHeaders,
      } = await createOnce<JobOfKind<Kind>, JobId>(database, creation, insert);
      closeBody();
      if (made !== undefined) onMade?.();
      const { token: lifetimeSeconds } = query;
      const minted = lifetimeSeconds === undefined ? undefined : await mintJobToken(id, lifetimeSeconds);
      const answer = await answerJob({
        id,
        read: reader(orgId, id),
        made,
        print,
        wait: readAnswerWait(query, headers),
        headers,
        signal,
        pendingStatus: 202,
        extraHeaders,
        extraFields: { token: minted?.token, ...adding },
      });
      return { ...answer, audited: { targetId: jobIds.print(id), userId: job.userId ?? null } };
    },
    async get({ orgId, params, query, headers, signal }) {
      const id = idOfPath(jobWire.ids, params);
      return answerJob({
        id,
        read: reader(orgId, id),
        print,
        wait: readAnswerWait(query, headers),
        headers,
        signal,
      });
    },
  };
}
