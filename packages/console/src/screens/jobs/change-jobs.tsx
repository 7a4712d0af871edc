import type { JobFilter } from "@memlane/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { jobFilterOf, type AddressFilter } from "../../jobs/filter-of-address.ts";
import { isEnded } from "../../jobs/job-states.ts";
import { countOf } from "../../parts/count-text.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { useSession } from "../../session/session.tsx";

const words = {
  retry: {
    title: "Retry ended jobs",
    verb: "Retry",
    done: "retried",
    note: "Each gets a new job for what it left undone.",
  },
  cancel: {
    title: "Cancel unfinished jobs",
    verb: "Cancel",
    done: "cancelled",
    note: "What they have stored already is kept, and a cancelled job can be retried.",
  },
} as const;

/** A button that retries or cancels all jobs of a filter. First it shows how many those are. */
export function ChangeJobs({
  action,
  filter,
  isEmpty,
}: {
  readonly action: keyof typeof words;
  readonly filter: AddressFilter;
  /** Whether no job matches the filter. Then there is no button, but an open dialog stays. */
  readonly isEmpty: boolean;
}) {
  const { client } = useSession();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const { title, verb, done, note } = words[action];
  const states = filter.states.filter((state) => isEnded(state) === (action === "retry"));
  const counting = useMutation({
    mutationFn: async () => {
      // With `until`, a job that is accepted after the count is not changed.
      const nowMs = Date.now();
      const until = new Date(nowMs).toISOString();
      const counted = { ...jobFilterOf({ ...filter, states }, nowMs), until };
      return { counted, count: await client.operations.count(action, counted) };
    },
  });
  const changing = useMutation({
    mutationFn: (counted: JobFilter) =>
      action === "retry" ? client.operations.retryAll(counted) : client.operations.cancelAll(counted),
    onSettled: () => queries.invalidateQueries(),
  });
  const open = () => {
    changing.reset();
    counting.mutate();
    setOpen(true);
  };
  const close = () => setOpen(false);
  if (states.length === 0) return null;

  return (
    <>
      {!isEmpty && (
        <button type="button" className={action === "cancel" ? "danger" : undefined} onClick={open}>
          {verb} all …
        </button>
      )}
      {isOpen && (
        <Dialog title={title} close={close}>
          {counting.isPending && <p>Counting …</p>}
          {counting.isSuccess && changing.isIdle && (
            <>
              <p>
                <strong>{countOf(counting.data.count, "job")}</strong> of this filter. {note}
              </p>
              <div className="actions">
                <button
                  type="button"
                  className="primary"
                  disabled={counting.data.count === 0}
                  onClick={() => changing.mutate(counting.data.counted)}
                >
                  {verb} {countOf(counting.data.count, "job")}
                </button>
                <button type="button" onClick={close}>
                  Leave them
                </button>
              </div>
            </>
          )}
          {changing.isPending && <progress aria-label={title} />}
          {changing.isSuccess && (
            <>
              <p role="status">
                <strong>{countOf(changing.data, "job")}</strong> {done}.
              </p>
              <button type="button" className="primary" onClick={close}>
                Close
              </button>
            </>
          )}
          {counting.isError && <ErrorState error={counting.error} />}
          {changing.isError && <ErrorState error={changing.error} />}
        </Dialog>
      )}
    </>
  );
}
