import { useMemo } from "react";
import { mostFacts, useFacts } from "../../memories/use-facts.ts";
import { countOf } from "../../parts/count-text.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { Panel } from "../../parts/panel.tsx";
import { FactTimeline } from "./fact-timeline.tsx";
import { lanesOf } from "./lanes.ts";

/** What is and was true about a user, over time. */
export function UserFacts({ userId }: { readonly userId: string }) {
  const { data, error, refetch } = useFacts(userId);
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
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {data !== undefined && lanes.length === 0 && (
        <EmptyState title="No fact is known.">
          <p>Facts are found in what the user says, and in memories that an agent stores.</p>
        </EmptyState>
      )}
      {lanes.length > 0 && <FactTimeline lanes={lanes} now={Date.now()} />}
    </Panel>
  );
}
