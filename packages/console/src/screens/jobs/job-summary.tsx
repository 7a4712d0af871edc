import type { JobView } from "@memlane/core/internal";
import { countOf, printCount } from "../../parts/count-text.ts";
import { TimeText } from "../../parts/time-text.tsx";

/** A job in short, for the list of jobs. */
export function JobSummary({ job }: { readonly job: JobView }) {
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
        {job.next_attempt_at === undefined ? (
          <>Attempt {job.attempts} runs after an error</>
        ) : (
          <>
            Attempt {job.attempts} failed, next <TimeText at={job.next_attempt_at} />
          </>
        )}{" "}
        <span className="quiet">{job.last_error}</span>
      </>
    );
  }
  if (job.kind === "batch") {
    const stored = `${printCount(job.imported)} of ${countOf(job.received, "item")} stored`;
    if (job.failed === 0) return stored;
    return (
      <>
        {stored}, <strong className="failure">{printCount(job.failed)} failed</strong>
      </>
    );
  }
  if (job.result === null) return null;
  const made = job.result.memories_created.length;
  return made === 0 ? (
    <span className="quiet">no new memories</span>
  ) : (
    countOf(made, "new memory", "new memories")
  );
}
