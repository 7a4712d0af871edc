import { jobIds, MemlaneError } from "@memlane/core";
import { statsQueryWire, statsWire, type statsWindows } from "@memlane/core/internal";
import type * as z from "zod/mini";
import type { Sql } from "../../database/database.ts";
import { firstIdAt } from "../../base/first-id-at.ts";
import {
  countUnfinishedJobs,
  listAcceptedSteps,
  listEndedSteps,
  listProblems,
  type Problem,
} from "../../store/job-stats.ts";
import { route, type Route } from "../route.ts";

const minuteMs = 60_000;

/** The steps of each window. */
const windows = {
  hour: { count: 60, stepMs: minuteMs },
  day: { count: 96, stepMs: 15 * minuteMs },
} as const;

/** The route with what jobs have done. */
export function createStatsRoute(): Route {
  return route({
    method: "GET",
    path: "/v1/stats",
    operationId: "getStats",
    summary: "How many jobs wait, run, failed and succeeded, their course over the last hour or day, and the failures.",
    scope: "memories:read",
    query: statsQueryWire,
    answers: { 200: { description: "The statistics.", schema: statsWire } },
    errors: [],
    async handle({ orgId, scopes, database, query: { window, org } }) {
      if (org === "all" && !scopes.includes("operator")) {
        throw new MemlaneError({ code: "forbidden", message: "only an operator may ask for all organisations" });
      }
      const body = await readStats(database, org === "all" ? null : orgId, window);
      return { status: 200, body };
    },
  });
}

async function readStats(
  sql: Sql,
  orgId: string | null,
  window: (typeof statsWindows)[number],
): Promise<z.output<typeof statsWire>> {
  const { count, stepMs } = windows[window];
  const startMs = (Math.floor(Date.now() / stepMs) - count + 1) * stepMs;
  const start = new Date(startMs);
  const [{ oldestWaitingSeconds, ...unfinished }, accepted, ended, problems] = await Promise.all([
    countUnfinishedJobs(sql, orgId),
    listAcceptedSteps(sql, orgId, { start, stepMs, firstId: firstIdAt(startMs) }),
    listEndedSteps(sql, orgId, { start, stepMs }),
    listProblems(sql, orgId, start),
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
    window,
    counts: { ...unfinished, failed: sum("failed"), succeeded: sum("succeeded") },
    oldest_waiting_seconds: oldestWaitingSeconds,
    points,
    problems: problems.map(printProblem),
  };
}

function printProblem({ code, count, jobId, message }: Problem) {
  return { code, message, count, job_id: jobIds.print(jobId) };
}
