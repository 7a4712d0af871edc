import { MemlaneError } from "@memlane/core";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type { DialectName, JobWires } from "./dialects.ts";
import type { JobSnapshot } from "./job-snapshot.ts";
import { isJobToken, notAJobToken } from "./job-token.ts";
import { watchJob, type JobWatch, type WatchJobOptions } from "./watch-job.ts";

/**
 * Watches a job while the component is mounted. With null, there is no job yet and the phase is `waiting`. The functions in the options
 * may change with every rendering. If `id`, `token`, `baseUrl`, `dialect` or `timeoutMs` changes, or `refreshToken` is added or removed, a
 * new watch starts. If the token is no job token, for example an API key, the phase is `failed`.
 * @throws TypeError if `id` or `baseUrl` cannot work
 *
 * @example
 * import { JobProgress, useJob } from "@memlane/sdk-browser/react";
 *
 * function ImportProgress({ job }: { job: { id: string; token: string; baseUrl: string } | null }) {
 *   return <JobProgress snapshot={useJob(job)} label="Importing your notes" />;
 * }
 */
export function useJob<Name extends DialectName = "ingest">(
  options: WatchJobOptions<Name> | null,
): JobSnapshot<JobWires[Name]> {
  const noJob: Partial<WatchJobOptions<Name>> = {};
  const { id, token, baseUrl, dialect, timeoutMs, refreshToken } = options ?? noJob;
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const hasJob = options !== null;
  const canRefresh = refreshToken !== undefined;
  const watch = useMemo((): JobWatch<JobWires[Name]> => {
    if (!hasJob) return settled<JobWires[Name]>({ phase: "waiting" });
    if (!isJobToken(String(token))) {
      const error = new MemlaneError({ code: "unauthenticated", message: notAJobToken });
      return settled<JobWires[Name]>({ phase: "failed", error, job: undefined });
    }
    return watchJob({
      id: id!,
      token: token!,
      baseUrl: baseUrl!,
      dialect,
      timeoutMs,
      fetch: (request) => (latest.current?.fetch ?? fetch)(request),
      ...(canRefresh && { refreshToken: () => latest.current!.refreshToken!() }),
    });
  }, [hasJob, id, token, baseUrl, dialect, timeoutMs, canRefresh]);
  return useSyncExternalStore(watch.subscribe, watch.getSnapshot, watch.getSnapshot);
}

/** A store whose snapshot never changes. */
function settled<Job>(snapshot: JobSnapshot<Job>): JobWatch<Job> {
  return { subscribe: () => () => {}, getSnapshot: () => snapshot };
}
