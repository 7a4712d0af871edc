import { acceptedAt, type JobView } from "@memlane/core/internal";
import { Link } from "wouter";
import { kindWords } from "../../jobs/job-kinds.ts";
import { JobLink } from "../../jobs/job-link.tsx";
import { stateOf } from "../../jobs/job-states.ts";
import { JobState } from "../../jobs/job-state.tsx";
import { pathOfUser } from "../../memories/paths.ts";
import { Table, type Column } from "../../parts/table.tsx";
import { TimeText } from "../../parts/time-text.tsx";
import { JobSummary } from "./job-summary.tsx";

const columns: readonly Column<JobView>[] = [
  { title: "State", hidesTitleOnPhone: true, cell: (job) => <JobState state={stateOf(job)} /> },
  { title: "Job", hidesTitleOnPhone: true, cell: ({ id }) => <JobLink id={id} /> },
  { title: "Kind", hidesTitleOnPhone: true, cell: ({ kind }) => kindWords[kind] },
  { title: "User", kind: "name", cell: (job) => <UserOf job={job} /> },
  { title: "Accepted", hidesTitleOnPhone: true, cell: (job) => <TimeText at={acceptedAt(job)} /> },
  { title: "What happens", kind: "wide", hidesTitleOnPhone: true, cell: (job) => <JobSummary job={job} /> },
];

/** The user of a conversation. A batch has none, because its items may have several. */
function UserOf({ job }: { readonly job: JobView }) {
  if (job.kind === "batch" || job.user_id === undefined) return null;
  return <Link href={pathOfUser(job.user_id)}>{job.user_id}</Link>;
}

/** A page of jobs. */
export function JobTable({ jobs }: { readonly jobs: readonly JobView[] }) {
  return <Table caption="Jobs, newest first" columns={columns} rows={jobs} keyOf={({ id }) => id} />;
}
