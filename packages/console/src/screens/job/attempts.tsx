import type { AttemptsWire } from "@memlane/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isEnded } from "../../jobs/job-states.ts";
import { JobState } from "../../jobs/job-state.tsx";
import { describeDuration } from "../../parts/describe-time.ts";
import { Panel } from "../../parts/panel.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { TimeText } from "../../parts/time-text.tsx";
import { useSession } from "../../session/session.tsx";
import { jobKey } from "./live-job.ts";
import { Waterfall } from "./waterfall.tsx";

type Attempt = AttemptsWire["data"][number];

/** How long a job waited, and each of its attempts with the stages and the error. */
export function Attempts({ jobId, state }: { readonly jobId: string; readonly state: string }) {
  const { client } = useSession();
  const reading = useQuery({
    queryKey: jobKey(jobId, "attempts", state),
    queryFn: ({ signal }) => client.operations.attempts(jobId, { signal }),
    placeholderData: keepPreviousData,
  });
  const { data: attempts } = reading;
  return (
    <Panel title="Attempts">
      <ReadError reading={reading} />
      {attempts !== undefined && (
        <ol className="attempts">
          <Step title="Accepted" at={attempts.enqueued_at}>
            {describeWait(attempts.waited_ms, state)}
          </Step>
          {attempts.data.map((attempt) => (
            <EndedAttempt key={attempt.number} attempt={attempt} />
          ))}
          {attempts.running_since !== null && (
            <Step title={<JobState state="active" />} at={attempts.running_since}>
              A worker runs it now.
            </Step>
          )}
        </ol>
      )}
    </Panel>
  );
}

/** What happened before the first attempt. A job that was cancelled before has none. */
function describeWait(waitedMs: number | null, state: string): string {
  if (waitedMs !== null) return `Waited ${describeDuration(waitedMs)} for a worker.`;
  return isEnded(state) ? "No worker took it." : "It waits for a worker.";
}

function EndedAttempt({ attempt }: { readonly attempt: Attempt }) {
  const { number, outcome, error, started_at: start, ended_at: end, next_try_at: next } = attempt;
  const endMs = Date.parse(end);
  return (
    <Step
      title={
        <>
          Attempt {number} <JobState state={outcome} />
        </>
      }
      at={start}
      tookMs={endMs - Date.parse(start)}
    >
      {outcome === "lost" && <p className="quiet">Its worker died.</p>}
      {error !== null && (
        <p className="attempt-error">
          <code>{error.code}</code> {error.message}
        </p>
      )}
      <Waterfall attempt={attempt} />
      {next !== null && (
        <p className="quiet">
          {Date.parse(next) > Date.now() ? (
            <>
              Next try <TimeText at={next} />
            </>
          ) : (
            `Tried again after ${describeDuration(Date.parse(next) - endMs)}`
          )}
        </p>
      )}
    </Step>
  );
}

function Step({
  title,
  at,
  tookMs,
  children,
}: {
  readonly title: ReactNode;
  readonly at: string;
  readonly tookMs?: number;
  readonly children: ReactNode;
}) {
  return (
    <li>
      <header>
        <h3>{title}</h3>
        <span className="quiet">
          {tookMs !== undefined && `${describeDuration(tookMs)} · `}
          <TimeText at={at} />
        </span>
      </header>
      {children}
    </li>
  );
}
