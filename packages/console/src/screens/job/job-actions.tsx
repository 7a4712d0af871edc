import type { JobView } from "@memlane/core/internal";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { isEnded, stateOf } from "../../jobs/job-states.ts";
import { countOf } from "../../parts/count-text.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { useScope, useSession } from "../../session/session.tsx";
import { jobKey } from "./live-job.ts";

/** What can be done with a job: cancel it, or retry what it left undone. */
export function JobActions({ job }: { readonly job: JobView }) {
  const { client } = useSession();
  const queries = useQueryClient();
  const [, open] = useLocation();
  const mayWrite = useScope("memories:write");
  const retry = useMutation({
    mutationFn: () => client.jobs.retry(job.id),
    onSuccess: ({ id }) => open(`/jobs/${id}`),
  });
  const cancel = useMutation({
    mutationFn: () => client.jobs.cancel(job.id),
    onSettled: () => queries.invalidateQueries({ queryKey: jobKey(job.id) }),
  });
  if (!mayWrite) return null;

  const error = retry.error ?? cancel.error;
  return (
    <>
      {isEnded(stateOf(job)) ? (
        hasRest(job) &&
        mayHelp(job) && (
          <button type="button" className="primary" disabled={retry.isPending} onClick={() => retry.mutate()}>
            {textOfRetry(job)}
          </button>
        )
      ) : (
        <button type="button" className="danger" disabled={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel
        </button>
      )}
      {error !== null && <ErrorState error={error} />}
    </>
  );
}

function textOfRetry(job: JobView): string {
  if (job.kind !== "batch" || job.failed === 0) return "Retry";
  return job.failed === 1 ? "Retry the failed item" : `Retry the ${countOf(job.failed, "failed item")}`;
}

/** Whether an ended job has left something undone. */
function hasRest(job: JobView): boolean {
  if (job.kind === "batch") return job.imported < job.received;
  return job.result === null || (job.result.messages ?? []).some(({ outcome }) => outcome === "failed");
}

/** Whether a retry can end differently: not if each failed item of a batch would be refused again. */
function mayHelp(job: JobView): boolean {
  if (job.kind !== "batch") return true;
  return (
    job.imported + job.failed < job.received ||
    job.errors.length < job.failed ||
    job.errors.some(({ retryable }) => retryable)
  );
}
