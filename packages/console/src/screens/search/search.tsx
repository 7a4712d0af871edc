import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "wouter";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Screen } from "../../parts/screen.tsx";
import { Panel } from "../../parts/panel.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { useSession } from "../../session/session.tsx";
import { ask } from "./ask.ts";
import { Context } from "./context.tsx";
import { readQuestion } from "./question.ts";
import { Results } from "./results.tsx";
import { SearchForm } from "./search-form.tsx";

/** Searches like a client does, and shows the scores and the block for a prompt. */
export function Search() {
  const { client } = useSession();
  const [address] = useSearchParams();
  const question = readQuestion(address);
  const isAsked = question.query !== "" && (question.userId !== "" || question.agentId !== "");
  const reading = useQuery({
    queryKey: ["search", question],
    queryFn: ({ signal }) => ask(client, question, signal),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  const { data } = reading;
  return (
    <Screen title="Search" subtitle="What a client finds with a query, and why">
      <Panel title="Ask as a client does">
        <SearchForm question={question} />
      </Panel>
      <ReadError reading={reading} />
      {isAsked && data !== undefined && (
        <div className="found">
          <Results answer={data} query={question.query} />
          <Context answer={data} />
        </div>
      )}
      {!isAsked && question.query === "" && (
        <EmptyState title="Ask a question about a user or an agent.">
          <p>For example: what does the user like to eat?</p>
        </EmptyState>
      )}
      {!isAsked && question.query !== "" && (
        <EmptyState title="Whose memories? Fill in a user or an agent.">
          <p>
            See <Link href="/users">all users</Link>.
          </p>
        </EmptyState>
      )}
    </Screen>
  );
}
