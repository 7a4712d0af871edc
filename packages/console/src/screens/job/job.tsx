import { acceptedAt } from "@memlane/core/internal";
import { useParams } from "wouter";
import { kindWords } from "../../jobs/job-kinds.ts";
import { isEnded, stateOf } from "../../jobs/job-states.ts";
import { JobState } from "../../jobs/job-state.tsx";
import { Screen } from "../../parts/screen.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { TimeText } from "../../parts/time-text.tsx";
import { Attempts } from "./attempts.tsx";
import { BatchCounts } from "./batch-counts.tsx";
import { FailedItems } from "./failed-items.tsx";
import { Failure } from "./failure.tsx";
import { JobActions } from "./job-actions.tsx";
import { useLiveJob } from "./live-job.ts";
import { MadeMemories } from "./made-memories.tsx";
import { Messages } from "./messages.tsx";
import { StoredRequest } from "./stored-request.tsx";

/** One job: a conversation or a batch. */
export function Job() {
  const { id = "" } = useParams();
  const reading = useLiveJob(id);
  const { data: job } = reading;
  if (job === undefined) {
    return (
      <Screen title={id}>
        <ReadError reading={reading} />
      </Screen>
    );
  }
  const state = stateOf(job);
  return (
    <Screen
      title={job.id}
      subtitle={
        <span className="job-facts">
          <JobState state={state} /> <span>{kindWords[job.kind]}</span>
          <span>
            accepted <TimeText at={acceptedAt(job)} />
          </span>
          {job.expires_at !== undefined && (
            <span>
              deleted <TimeText at={job.expires_at} />
            </span>
          )}
        </span>
      }
      actions={<JobActions job={job} />}
    >
      <ReadError reading={reading} />
      <Failure job={job} />
      {job.kind === "batch" && (
        <>
          <BatchCounts job={job} />
          <FailedItems job={job} />
        </>
      )}
      <div className="job-columns">
        <div>
          {job.kind === "ingest" && job.result !== null && <MadeMemories result={job.result} />}
          {job.kind === "ingest" && <Messages jobId={job.id} state={state} result={job.result} />}
          <StoredRequest jobId={job.id} isEnded={isEnded(state)} />
        </div>
        <Attempts jobId={job.id} state={state} />
      </div>
    </Screen>
  );
}
