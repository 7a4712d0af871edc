import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { Choice } from "../../parts/choice.tsx";
import { textOf } from "../../parts/text-of.ts";
import { limits, printQuestion, type Question } from "./question.ts";

const dialects = { ingest: "Ingest", batch: "Batch" } as const;

/** A form to change the search in the address. A new dialect or limit applies at once. */
export function SearchForm({ question }: { readonly question: Question }) {
  const [, open] = useLocation();
  const form = useRef<HTMLFormElement>(null);
  const userInput = useRef<HTMLInputElement>(null);
  const address = printQuestion(question).toString();
  // When the reader goes back, the form shows the search of that address.
  useEffect(() => {
    for (const input of form.current!.querySelectorAll("input")) input.value = input.defaultValue;
  }, [address]);
  const search = (changed: Partial<Question> = {}) => {
    const fields = new FormData(form.current!);
    const texts = {
      query: textOf(fields, "q"),
      userId: textOf(fields, "user_id"),
      agentId: textOf(fields, "agent_id"),
    };
    open(`/search?${printQuestion({ ...question, ...texts, ...changed })}`);
    if (texts.userId === "" && texts.agentId === "") userInput.current!.focus();
  };
  return (
    <form
      ref={form}
      className="search-form"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <label className="wide">
        Query
        <input name="q" required defaultValue={question.query} maxLength={2000} />
      </label>
      <label>
        User
        <input ref={userInput} name="user_id" defaultValue={question.userId} placeholder="user_id" />
      </label>
      <label>
        Agent
        <input name="agent_id" defaultValue={question.agentId} placeholder="agent_id" />
      </label>
      <label>
        At most
        <select
          value={question.limit}
          onChange={(event) => search({ limit: Number(event.currentTarget.value) })}
        >
          {limits.map((limit) => (
            <option key={limit}>{limit}</option>
          ))}
        </select>
      </label>
      <div className="field">
        <span>Dialect</span>
        <Choice
          label="Dialect"
          options={dialects}
          value={question.dialect}
          choose={(dialect) => search({ dialect })}
        />
      </div>
      <button type="submit" className="primary">
        Search
      </button>
    </form>
  );
}
