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
      <WordFilter
        label="Kind"
        any="Any kind"
        words={{ ingest: "Conversations", batch: "Batches" }}
        value={kind}
        change={(word) => change({ kind: word })}
      />
      <WordFilter
        label="Accepted"
        any="Any time"
        words={{ hour: "Last hour", day: "Last day", week: "Last week" }}
        value={within}
        change={(word) => change({ within: word })}
      />
      <TextFilter label="User" value={userId} change={(text) => change({ userId: text })} />
      <TextFilter label="Agent" value={agentId} change={(text) => change({ agentId: text })} />
      <TextFilter label="Error code" value={errorCode} change={(text) => change({ errorCode: text })} />
    </form>
  );
}

/** One of a few words to filter by. */
function WordFilter<Word extends string>({
  label,
  any,
  words,
  value,
  change,
}: {
  readonly label: string;
  /** The text of the choice that does not filter. */
  readonly any: string;
  /** The text of each word. */
  readonly words: Readonly<Record<Word, string>>;
  readonly value: Word | undefined;
  readonly change: (word: Word | undefined) => void;
}) {
  const choices = Object.keys(words) as Word[];
  return (
    <select
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => change(choices.find((word) => word === event.currentTarget.value))}
    >
      <option value="">{any}</option>
      {choices.map((word) => (
        <option key={word} value={word}>
          {words[word]}
        </option>
      ))}
    </select>
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
