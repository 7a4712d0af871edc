import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { JobFilter } from "@memlane/core";
import { jobFilterOf, type AddressFilter } from "../../jobs/filter-of-address.ts";
import { isEnded } from "../../jobs/job-states.ts";
import { countOf, printCount } from "../../parts/count-text.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { useSession } from "../../session/session.tsx";

type Step =
  | { readonly name: "closed" }
  | { readonly name: "counting" }
  | { readonly name: "counted"; readonly matched: number }
  | { readonly name: "changing" | "done"; readonly matched: number; readonly changed: number }
  | { readonly name: "failed"; readonly error: unknown };

const words = {
  retry: { title: "Retry failed jobs", verb: "Retry", done: "retried", note: "Each failed job gets a new job for what it left undone." },
  cancel: { title: "Cancel unfinished jobs", verb: "Cancel", done: "cancelled", note: "What they have stored already is kept. A cancelled job can be retried." },
} as const;

/** A button that retries or cancels all jobs of a filter. It shows how many those are before anything happens. */
export function ChangeJobs({ change, filter }: { readonly change: "retry" | "cancel"; readonly filter: AddressFilter }) {
  const { client } = useSession();
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>({ name: "closed" });
  const chosen = useRef<JobFilter>({});
  const isStopped = useRef(false);
  const { title, verb, done, note } = words[change];
  const send = change === "retry" ? client.operations.retryJobs : client.operations.cancelJobs;

  async function count() {
    isStopped.current = false;
    const states = filter.states.filter((state) => (change === "retry" ? state === "failed" : !isEnded(state)));
    // The end makes sure that only the counted jobs are changed.
    const nowMs = Date.now();
    chosen.current = { ...jobFilterOf({ ...filter, states }, nowMs), until: new Date(nowMs).toISOString() };
    setStep({ name: "counting" });
    const { matched } = await send({ filter: chosen.current, dry_run: true });
    setStep({ name: "counted", matched });
  }

  async function apply(matched: number) {
    let changed = 0;
    setStep({ name: "changing", matched, changed });
    for (;;) {
      const answer = await send({ filter: chosen.current, dry_run: false });
      changed += answer.changed;
      if (answer.left === 0 || answer.changed === 0 || isStopped.current) break;
      setStep({ name: "changing", matched, changed });
    }
    setStep({ name: "done", matched, changed });
    await queries.invalidateQueries();
  }

  const run = (work: Promise<void>) => void work.catch((error: unknown) => setStep({ name: "failed", error }));
  const close = () => {
    isStopped.current = true;
    setStep({ name: "closed" });
  };

  return (
    <>
      <button type="button" className={change === "cancel" ? "danger" : undefined} onClick={() => run(count())}>
        {verb} all …
      </button>
      {step.name !== "closed" && (
        <Dialog title={title} close={close}>
          {step.name === "counting" && <p>Counting …</p>}
          {step.name === "counted" && (
            <>
              <p>
                <strong>{countOf(step.matched, "job")}</strong> of this filter {step.matched === 1 ? "is" : "are"} affected.{" "}
                {note}
              </p>
              <div className="actions">
                <button type="button" className="primary" disabled={step.matched === 0} onClick={() => run(apply(step.matched))}>
                  {verb} {countOf(step.matched, "job")}
                </button>
                <button type="button" onClick={close}>
                  Leave them
                </button>
              </div>
            </>
          )}
          {step.name === "changing" && (
            <>
              <progress aria-label={title} max={step.matched} value={step.changed} />
              <p>
                {printCount(step.changed)} of {countOf(step.matched, "job")} {done}.
              </p>
              <button type="button" onClick={() => (isStopped.current = true)}>
                Stop
              </button>
            </>
          )}
          {step.name === "done" && (
            <>
              <p role="status">
                <strong>{countOf(step.changed, "job")} {done}.</strong>
                {step.changed < step.matched && ` ${countOf(step.matched - step.changed, "job")} of the counted ones ${done === "retried" ? "could not be retried" : "had ended"} meanwhile.`}
              </p>
              <button type="button" className="primary" onClick={close}>
                Close
              </button>
            </>
          )}
          {step.name === "failed" && <ErrorState error={step.error} />}
        </Dialog>
      )}
    </>
  );
}
