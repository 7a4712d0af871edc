import { jobIds, MemlaneError } from "@memlane/core";
import { statsQueryWire, statsWire, type statsWindows } from "@memlane/core/internal";
import { createRecentResults } from "../../base/recent-results.ts";
import type { Sql } from "../../database/database.ts";
import { firstIdAt } from "../../base/first-id-at.ts";
import {
  countUnfinishedJobs,
  listAcceptedSteps,
  listEndedSteps,
  listFailedItems,
  listProblems,
  type Problem,
} from "../../store/job-stats.ts";
import { route, type Route } from "../route.ts";

const minuteMs = 60_000;

/** Equal steps that end now. */
interface Window {
  readonly count: number;
  readonly stepMs: number;
}

const windows = {
  hour: { count: 60, stepMs: minuteMs },
  day: { count: 96, stepMs: 15 * minuteMs },
} as const satisfies Record<(typeof statsWindows)[number], Window>;

/** A day with 100,000 jobs takes PostgreSQL half a second, so many readers share what was read this long ago. */
const keptMs = 2000;

/** The route with what jobs have done. */
export function createStatsRoute(): Route {
  const courseOf = createRecentResults<Awaited<ReturnType<typeof readCourse>>>(keptMs);
  return route({
    method: "GET",
    path: "/v1/stats",
    operationId: "getStats",
    summary:
      "How many jobs wait, run, failed and succeeded, their course over the last hour or day, and the failures.",
    scope: "memories:read",
    query: statsQueryWire,
    answers: { 200: { description: "The statistics.", schema: statsWire } },
    errors: [],
    async handle({ orgId, scopes, database, query: { window, org } }) {
      if (org === "all" && !scopes.includes("operator")) {
        throw new MemlaneError({
          code: "forbidden",
          message: "only an operator may ask for all organisations",
        });
      }
      const of = org === "all" ? null : orgId;
      const [unfinished, course] = await Promise.all([
        countUnfinishedJobs(database, of),
        courseOf(JSON.stringify([of, window]), () => readCourse(database, of, windows[window])),
      ]);
      const { oldestWaitingSeconds, ...counts } = unfinished;
      const body = {
        window,
        counts: { ...counts, ...course.counts },
        oldest_waiting_seconds: oldestWaitingSeconds,
        points: course.points,
        problems: course.problems,
        failed_items: course.failedItems,
      };
      return { status: 200, body };
    },
  });
}

/** What jobs did in a window. */
async function readCourse(sql: Sql, orgId: string | null, { count, stepMs }: Window) {
  const startMs = (Math.floor(Date.now() / stepMs) - count + 1) * stepMs;
  const start = new Date(startMs);
  const [accepted, ended, problems, failedItems] = await Promise.all([
    listAcceptedSteps(sql, orgId, { start, stepMs, firstId: firstIdAt(startMs) }),
    listEndedSteps(sql, orgId, { start, stepMs }),
    listProblems(sql, orgId, start),
    listFailedItems(sql, orgId, start),
  ]);
  const acceptedAt = new Map(accepted.map((each) => [each.step, each.accepted]));
  const endedAt = new Map(ended.map((each) => [each.step, each]));
  const points = Array.from({ length: count }, (_, step) => ({
    at: new Date(startMs + step * stepMs).toISOString(),
    accepted: acceptedAt.get(step) ?? 0,
    succeeded: endedAt.get(step)?.succeeded ?? 0,
    failed: endedAt.get(step)?.failed ?? 0,
    wait_p50_ms: endedAt.get(step)?.waitP50Ms ?? null,
    wait_p95_ms: endedAt.get(step)?.waitP95Ms ?? null,
  }));
  const sum = (name: "failed" | "succeeded") => ended.reduce((total, each) => total + each[name], 0);
  return {
    counts: { failed: sum("failed"), succeeded: sum("succeeded") },
    points,
    problems: problems.map(printProblem),
    failedItems: failedItems.map(printProblem),
  };
}

function printProblem({ code, count, jobId, message }: Problem) {
  return { code, message, count, job_id: jobIds.print(jobId) };
}
