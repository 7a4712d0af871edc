import type { SelectableState } from "@memlane/core";
import type { AddressFilter } from "../../jobs/filter-of-address.ts";
import { jobStates } from "../../jobs/job-states.ts";
import { periodWords } from "../../parts/period.ts";
import { TextFilter } from "../../parts/text-filter.tsx";
import { WordFilter } from "../../parts/word-filter.tsx";

/** The filter of the list, which changes the address. */
export function Filters({
  filter,
  change,
}: {
  readonly filter: AddressFilter;
  readonly change: (changed: Partial<AddressFilter>) => void;
}) {
  const { states, kind, userId, agentId, errorCode, items, within } = filter;
  const toggle = (state: SelectableState) =>
    change({ states: jobStates.filter((each) => states.includes(each) !== (each === state)) });
  return (
    <form className="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <fieldset className="states">
        <legend className="for-screen-readers">States</legend>
        {jobStates.map((state) => (
          <label key={state} className="state-filter" data-state={state}>
            <input type="checkbox" checked={states.includes(state)} onChange={() => toggle(state)} />
            {state}
          </label>
        ))}
      </fieldset>
      <WordFilter
        label="Kind"
        any="Any kind"
        words={{ ingest: "Conversations", batch: "Batches" }}
        value={kind}
        change={(word) => change({ kind: word })}
      />
      <WordFilter
        label="Items"
        any="Any items"
        words={{ failed: "Failed items" }}
        value={items}
        // Most batches with failed items have succeeded, which the usual list does not show.
        change={(word) => change(word === undefined ? { items: word } : { items: word, states: jobStates })}
      />
      <WordFilter
        label="Accepted"
        any="Any time"
        words={periodWords}
        value={within}
        change={(word) => change({ within: word })}
      />
      <TextFilter label="User" value={userId} change={(text) => change({ userId: text })} />
      <TextFilter label="Agent" value={agentId} change={(text) => change({ agentId: text })} />
      <TextFilter label="Error code" value={errorCode} change={(text) => change({ errorCode: text })} />
    </form>
  );
}
