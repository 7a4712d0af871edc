import type { JobView } from "@memlane/core/internal";
import { adviceForJob } from "../../jobs/advice.ts";
import { WithCode } from "../../parts/with-code.tsx";

/** Why the job failed, and what to do. */
export function Failure({ job: { failure } }: { readonly job: JobView }) {
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
