import { acceptedAt, type JobView } from "@memlane/core/internal";
import { kindWords } from "../../jobs/job-kinds.ts";
import { JobLink } from "../../jobs/job-link.tsx";
import { stateOf } from "../../jobs/job-states.ts";
import { JobState } from "../../jobs/job-state.tsx";
import { countOf, printCount } from "../../parts/count-text.ts";
import { Table, type Column } from "../../parts/table.tsx";
import { TimeText } from "../../parts/time-text.tsx";

const columns: readonly Column<JobView>[] = [
  { title: "State", isPlain: true, cell: (job) => <JobState state={stateOf(job)} /> },
  { title: "Job", isPlain: true, cell: ({ id }) => <JobLink id={id} /> },
  { title: "Kind", isPlain: true, cell: ({ kind }) => kindWords[kind] },
  { title: "Accepted", isPlain: true, cell: (job) => <TimeText at={acceptedAt(job)} /> },
  { title: "What happens", kind: "wide", isPlain: true, cell: describe },
];

/** A page of jobs. */
export function JobTable({ jobs }: { readonly jobs: readonly JobView[] }) {
  return <Table caption="Jobs, newest first" columns={columns} rows={jobs} keyOf={({ id }) => id} />;
}

/** What a reader of the list wants to know about a job. */
function describe(job: JobView) {
  if (job.failure !== undefined) {
    return (
      <>
        <code>{job.failure.code}</code> <span className="quiet">{job.failure.message}</span>
      </>
    );
  }
  if (job.last_error !== undefined) {
    return (
      <>
        Attempt {job.attempts} failed, next <TimeText at={job.next_attempt_at} />{" "}
        <span className="quiet">{job.last_error}</span>
      </>
    );
  }
  if (job.kind === "batch") {
    const stored = `${printCount(job.imported)} of ${countOf(job.received, "item")} stored`;
    return job.failed === 0 ? stored : `${stored}, ${printCount(job.failed)} failed`;
  }
  if (job.result === null) return <span className="quiet">–</span>;
  const made = job.result.memories_created.length;
  return made === 0 ? (
    <span className="quiet">no new memories</span>
  ) : (
    countOf(made, "new memory", "new memories")
  );
}
