import { useState } from "react";
import { useLocation } from "wouter";
import { Choice } from "../../parts/choice.tsx";
import { textOf } from "../../parts/text-of.ts";
import { limits, printQuestion, type Question } from "./question.ts";

const dialects = { ingest: "Ingest", batch: "Batch" } as const;

/** The search that the address has, to be changed. */
export function SearchForm({ question }: { readonly question: Question }) {
  const [, open] = useLocation();
  const [dialect, setDialect] = useState(question.dialect);
  return (
    <form
      className="search-form"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const asked = {
          query: textOf(form, "q"),
          userId: textOf(form, "user_id"),
          agentId: textOf(form, "agent_id"),
          limit: Number(form.get("limit")),
          dialect,
        };
        open(`/search?${printQuestion(asked)}`);
      }}
    >
      <label className="wide">
        Query
        <input name="q" required defaultValue={question.query} maxLength={2000} />
      </label>
      <label>
        User
        <input name="user_id" defaultValue={question.userId} placeholder="user_id" />
      </label>
      <label>
        Agent
        <input name="agent_id" defaultValue={question.agentId} placeholder="agent_id" />
      </label>
      <label>
        At most
        <select name="limit" defaultValue={question.limit}>
          {limits.map((limit) => (
            <option key={limit}>{limit}</option>
          ))}
        </select>
      </label>
      <Choice label="Dialect" options={dialects} value={dialect} choose={setDialect} />
      <button type="submit" className="primary">
        Search
      </button>
    </form>
  );
}
