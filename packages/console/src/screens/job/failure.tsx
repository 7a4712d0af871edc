import type { AnyJobWire } from "@memlane/core";
import { adviceForJob } from "../../jobs/advice.ts";
import { WithCode } from "../../parts/with-code.tsx";
import { failureOf } from "../../jobs/read-job.ts";

/** Why the job failed, and what to do. */
export function Failure({ job }: { readonly job: AnyJobWire }) {
  const failure = failureOf(job);
  if (failure === undefined) return null;
  return (
    <section className="error-state" aria-label="Why it failed">
      <p>
        <code>{failure.code}</code> <strong>{failure.message}</strong>
      </p>
      <p>
        <WithCode text={adviceForJob(failure.code)} />
      </p>
    </section>
  );
}
