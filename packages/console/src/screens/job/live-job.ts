import { viewJob } from "@memlane/core/internal";
import { useJob } from "@memlane/sdk-browser/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { isEnded, stateOf } from "../../jobs/job-states.ts";
import { useSession } from "../../session/session.tsx";
import { readAgain } from "./read-again.ts";

/**
 * The start of the key of each query about a job: when the job changes, all these queries are repeated. Add the job's
 * state to the key of a query whose answer must not be of an earlier state.
 */
export const jobKey = (id: string, ...part: readonly string[]) => ["job", id, ...part];

/** A job that is read again when it changes, until it has ended. The browser SDK watches it with a token for this job. */
export function useLiveJob(id: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  const reading = useQuery({
    queryKey: jobKey(id),
    queryFn: async ({ signal }) => viewJob(await client.jobs.get(id, { signal })),
  });
  const watched = reading.data !== undefined && !isEnded(stateOf(reading.data)) ? reading.data : undefined;
  const change = useJobSnapshot(watched);
  useEffect(() => {
    if (change.phase === "waiting") return;
    void readAgain(queries, jobKey(id));
  }, [change, id, queries]);
  return reading;
}

/** A value that changes whenever the job does. */
function useJobSnapshot(job: ReturnType<typeof viewJob> | undefined) {
  const { client } = useSession();
  const newToken = async (id: string) => (await client.jobs.createToken(id)).token;
  const { data: token } = useQuery({
    queryKey: ["job-token", job?.id],
    queryFn: () => newToken(job!.id),
    enabled: job !== undefined,
    staleTime: Infinity,
  });
  return useJob(
    job === undefined || token === undefined
      ? null
      : {
          id: job.id,
          token,
          baseUrl: location.origin,
          dialect: job.dialect,
          refreshToken: () => newToken(job.id),
        },
  );
}
