import { MemlaneError, type JobId } from "@memlane/core";
import { jobChangeRequestWire, jobChangeWire } from "@memlane/core/internal";
import { changeJobs } from "../../jobs/change-jobs.ts";
import { cancelJobs } from "../../jobs/end-job.ts";
import { route, type Route } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";
import { readJobFilter } from "./job-filter.ts";

const answers = {
  200: {
    description: "How many jobs matched and were changed. Send it again while `left` is not 0.",
    schema: jobChangeWire,
  },
};

/** Routes that cancel and retry all jobs that a filter selects. */
export function createJobChangeRoutes({ jobs, limitsOf, signals, newId }: ServiceContext): Route[] {
  return [
    route({
      method: "POST",
      path: "/v1/jobs/cancel",
      operationId: "cancelJobs",
      summary:
        "Cancel the unfinished jobs that match, at most 1,000 in one request; `dry_run` only counts them.",
      scope: "memories:write",
      body: jobChangeRequestWire,
      answers,
      errors: [],
      async handle({ orgId, database, body: { filter, dry_run: isDryRun } }) {
        const body = await changeJobs(database, orgId, {
          action: "cancel",
          filter: readJobFilter(filter),
          isDryRun,
          chunk: 100,
          async change(ids) {
            const cancelled = await cancelJobs(database, orgId, ids);
            signals.announceAll(cancelled);
            return cancelled.length;
          },
        });
        return { status: 200, body };
      },
    }),
    route({
      method: "POST",
      path: "/v1/jobs/retry",
      operationId: "retryJobs",
      summary:
        "Retry what the ended jobs that match left undone, at most 1,000 in one request, oldest first; `dry_run` only " +
        "counts them. Send `until`, so that a further request does not retry the new jobs.",
      scope: "memories:write",
      body: jobChangeRequestWire,
      answers,
      errors: ["agent_cap_exceeded", "quota_exceeded", "too_many_batches", "writes_paused"],
      async handle({ orgId, database, body: { filter, dry_run: isDryRun } }) {
        const limits = await limitsOf(orgId);
        const retry = (oldId: JobId) =>
          jobs.retry({ orgId, oldId, id: newId() as JobId, keyed: undefined, limits });
        const body = await changeJobs(database, orgId, {
          action: "retry",
          filter: readJobFilter(filter),
          isDryRun,
          chunk: 1,
          async change([oldId]) {
            const made = await retry(oldId!).catch(unlessChanged);
            if (made === undefined) return 0;
            signals.announceQueued();
            return 1;
          },
        });
        return { status: 200, body };
      },
    }),
  ];
}

/** Undefined for a job that was retried or deleted meanwhile. */
function unlessChanged(error: unknown): undefined {
  if (MemlaneError.is(error) && (error.code === "conflict" || error.code === "job_not_found"))
    return undefined;
  throw error;
}
