import type { StatsWire } from "@memlane/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { printFilter, type AddressFilter } from "../../jobs/filter-of-address.ts";
import { JobLink } from "../../jobs/job-link.tsx";
import { jobStates } from "../../jobs/job-states.ts";
import { adviceForJob } from "../../jobs/advice.ts";
import { countOf } from "../../parts/count-text.ts";
import { WithCode } from "../../parts/with-code.tsx";
import { describeDuration } from "../../parts/describe-time.ts";

/**
 * What is wrong, worst first: overdue jobs, failed jobs by their code, then failed items of batches by theirs. If the page shows one
 * organisation, each problem links to its jobs.
 */
export function Problems({
  stats,
  isOfAllOrgs,
}: {
  readonly stats: StatsWire;
  readonly isOfAllOrgs: boolean;
}) {
  const { counts, oldest_waiting_seconds: oldest, problems, failed_items: failedItems, window } = stats;
  if (counts.overdue === 0 && problems.length === 0 && failedItems.length === 0) {
    return (
      <p className="all-well" role="status">
        Nothing failed in the last {window}, and no job waits for long.
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
            what={
              oldest === null ? "" : `The oldest has been waiting for ${describeDuration(oldest * 1000)}.`
            }
            advice="Does a worker run, and does it have free places? More places: `MEMLANE_WORKER_CONCURRENCY`."
          >
            {!isOfAllOrgs && <Link href="/jobs">Unfinished jobs</Link>}
          </Problem>
        )}
        {problems.map((failures) => (
          <Failures
            key={failures.code}
            failures={failures}
            title={`${countOf(failures.count, "job")} failed`}
            advice={adviceForJob(failures.code)}
            linkText={`All ${countOf(failures.count, "job")}`}
            filter={
              isOfAllOrgs ? undefined : { states: ["failed"], errorCode: failures.code, within: window }
            }
          />
        ))}
        {failedItems.map((failures) => (
          <Failures
            key={failures.code}
            failures={failures}
            title={countOf(failures.count, "item of a batch failed", "items of batches failed")}
            advice="The other items are stored. The batch lists the ones that failed."
            linkText="All batches"
            filter={isOfAllOrgs ? undefined : { states: jobStates, items: "failed", within: window }}
          />
        ))}
      </ul>
    </section>
  );
}

/** What failed with one code. */
function Failures({
  failures: { code, message, count, job_id: jobId },
  title,
  advice,
  linkText,
  filter,
}: {
  readonly failures: StatsWire["problems"][number];
  readonly title: string;
  readonly advice: string;
  /** The text of the link to all of them. */
  readonly linkText: string;
  /** The jobs of that link; undefined if the reader cannot open them. */
  readonly filter: Partial<AddressFilter> | undefined;
}) {
  return (
    <Problem
      state="failed"
      title={
        <>
          {title}: <code>{code}</code>
        </>
      }
      what={message}
      advice={advice}
    >
      {filter !== undefined && (
        <>
          {count > 1 && <Link href={`/jobs?${printFilter(filter)}`}>{linkText}</Link>}
          <span className="quiet">
            {count > 1 && "last "}
            <JobLink id={jobId} />
          </span>
        </>
      )}
    </Problem>
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
