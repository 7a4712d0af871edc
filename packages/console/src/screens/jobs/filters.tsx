import type { SelectableState } from "@memlane/core";
import type { AddressFilter } from "../../jobs/filter-of-address.ts";
import { jobStates } from "../../jobs/job-states.ts";

/** The filter of the list, which changes the address. */
export function Filters({
  filter,
  change,
}: {
  readonly filter: AddressFilter;
  readonly change: (changed: Partial<AddressFilter>) => void;
}) {
  const { states, kind, userId, agentId, errorCode, within } = filter;
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
      <select
        aria-label="Kind"
        value={kind ?? ""}
        onChange={({ currentTarget: { value } }) =>
          change({ kind: value === "" ? undefined : (value as "ingest") })
        }
      >
        <option value="">Any kind</option>
        <option value="ingest">Conversations</option>
        <option value="batch">Batches</option>
      </select>
      <select
        aria-label="Accepted"
        value={within ?? ""}
        onChange={({ currentTarget: { value } }) =>
          change({ within: value === "" ? undefined : (value as "hour") })
        }
      >
        <option value="">Any time</option>
        <option value="hour">Last hour</option>
        <option value="day">Last day</option>
        <option value="week">Last week</option>
      </select>
      <TextFilter label="User" value={userId} change={(text) => change({ userId: text })} />
      <TextFilter label="Agent" value={agentId} change={(text) => change({ agentId: text })} />
      <TextFilter label="Error code" value={errorCode} change={(text) => change({ errorCode: text })} />
    </form>
  );
}

/** A text to filter by, which applies when the reader leaves the field or presses Enter. */
function TextFilter({
  label,
  value = "",
  change,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly change: (text: string | undefined) => void;
}) {
  const apply = (text: string) => {
    if (text !== value) change(text === "" ? undefined : text);
  };
  return (
    <input
      key={value} // so that a link to another filter also changes the field
      type="search"
      aria-label={label}
      placeholder={label}
      defaultValue={value}
      spellCheck={false}
      onBlur={(event) => apply(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        if (event.key === "Enter") apply(event.currentTarget.value.trim());
      }}
    />
  );
}
