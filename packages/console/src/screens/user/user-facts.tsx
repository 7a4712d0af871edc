import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { countOf } from "../../parts/count-text.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Panel } from "../../parts/panel.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { useSession } from "../../session/session.tsx";
import { FactTimeline } from "./fact-timeline.tsx";
import { lanesOf } from "./lanes.ts";

/** At most this many facts are read, the newest ones. */
const mostFacts = 200;

/** What is and was true about a user, over time. */
export function UserFacts({ userId }: { readonly userId: string }) {
  const { client } = useSession();
  const reading = useQuery({
    queryKey: ["facts", userId],
    queryFn: ({ signal }) =>
      client.facts.listPage({ user_id: userId, include_invalidated: true, limit: mostFacts }, { signal }),
  });
  const { data } = reading;
  const lanes = useMemo(() => lanesOf(data?.facts ?? []), [data]);
  const total = data?.total ?? 0;
  const count = countOf(total, "fact");
  return (
    <Panel
      title="Facts over time"
      aside={
        data && <p className="quiet">{total > mostFacts ? `the newest ${mostFacts} of ${count}` : count}</p>
      }
    >
      <ReadError reading={reading} />
      {data !== undefined && lanes.length === 0 && (
        <EmptyState title="No fact is known.">
          <p>Facts are found in what the user says, and in memories that an agent stores.</p>
        </EmptyState>
      )}
      {lanes.length > 0 && <FactTimeline lanes={lanes} now={Date.now()} />}
    </Panel>
  );
}
