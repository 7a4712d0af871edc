import type { StatsWire } from "@memlane/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { printFilter } from "../../jobs/filter-of-address.ts";
import { JobLink } from "../../jobs/job-link.tsx";
import { adviceForJob } from "../../jobs/advice.ts";
import { countOf } from "../../parts/count-text.ts";
import { WithCode } from "../../parts/with-code.tsx";
import { describeDuration } from "../../parts/describe-time.ts";

/** What is wrong, worst first: overdue jobs, then failures by their code. Those of one organisation lead to its jobs. */
export function Problems({ stats, isAll }: { readonly stats: StatsWire; readonly isAll: boolean }) {
  const { counts, oldest_waiting_seconds: oldest, problems, window } = stats;
  if (counts.overdue === 0 && problems.length === 0) {
    return (
      <p className="all-well" role="status">
        No job failed in the last {window}, and none waits for long.
      </p>
    );
  }
  return (
    <section aria-label="Problems">
      <ul className="problems">
        {counts.overdue > 0 && (
          <Problem
            state="overdue"
            title={`${countOf(counts.overdue, "job")} overdue`}
            what={`The oldest has been waiting for ${describeDuration((oldest ?? 60) * 1000)}.`}
            advice="Does a worker run, and does it have free places? More places: `MEMLANE_WORKER_CONCURRENCY`."
          >
            {!isAll && <Link href="/jobs">Unfinished jobs</Link>}
          </Problem>
        )}
        {problems.map(({ code, message, count, job_id: jobId }) => (
          <Problem
            key={code}
            state="failed"
            title={
              <>
                {countOf(count, "job")} failed: <code>{code}</code>
              </>
            }
            what={message}
            advice={adviceForJob(code)}
          >
            {!isAll && (
              <>
                {count > 1 && (
                  <Link
                    href={`/jobs?${printFilter({ states: ["failed"], errorCode: code, within: window })}`}
                  >
                    All {countOf(count, "job")}
                  </Link>
                )}
                <span className="quiet">
                  {count > 1 && "last "}
                  <JobLink id={jobId} />
                </span>
              </>
            )}
          </Problem>
        ))}
      </ul>
    </section>
  );
}

function Problem({
  state,
  title,
  what,
  advice,
  children,
}: {
  readonly state: string;
  readonly title: ReactNode;
  readonly what: string;
  readonly advice: string;
  readonly children: ReactNode;
}) {
  return (
    <li className="problem" data-state={state}>
      <div>
        <h2>{title}</h2>
        <p>{what}</p>
        <p className="quiet">
          <WithCode text={advice} />
        </p>
      </div>
      <p className="ways">{children}</p>
    </li>
  );
}
