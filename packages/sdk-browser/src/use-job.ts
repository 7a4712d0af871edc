import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type { DialectName, JobWires } from "./dialects.ts";
import type { JobSnapshot } from "./job-snapshot.ts";
import { watchJob, type WatchJobOptions } from "./watch-job.ts";

/**
 * Watches a job while the component is mounted. The functions in the options may change with every rendering.
 * If `id`, `token`, `baseUrl`, `dialect` or `timeoutMs` changes, or `refreshToken` is added or removed, a new watch starts.
 * @throws TypeError if the options cannot work, for example an API key instead of a token
 */
export function useJob<Name extends DialectName = "ingest">(
  options: WatchJobOptions<Name>,
): JobSnapshot<JobWires[Name]> {
  const { id, token, baseUrl, dialect, timeoutMs } = options;
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const canRefresh = options.refreshToken !== undefined;
  const watch = useMemo(
    () =>
      watchJob({
        id,
        token,
        baseUrl,
        dialect,
        timeoutMs,
        fetch: (request) => (latest.current.fetch ?? fetch)(request),
        ...(canRefresh && { refreshToken: () => latest.current.refreshToken!() }),
      }),
    [id, token, baseUrl, dialect, timeoutMs, canRefresh],
  );
  return useSyncExternalStore(watch.subscribe, watch.getSnapshot, watch.getSnapshot);
}
