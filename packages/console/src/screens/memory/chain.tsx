import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { MemoryStatus } from "../../memories/memory-status.tsx";
import { pathOfMemory } from "../../memories/paths.ts";
import { statusOf } from "../../memories/status-of.ts";
import { Panel } from "../../parts/panel.tsx";
import { printDay } from "../../parts/print-day.ts";
import { ReadError } from "../../parts/read-error.tsx";
import { useSession } from "../../session/session.tsx";

/** The memories that replaced each other, as a line of points from the oldest to the newest. */
export function Chain({ id }: { readonly id: string }) {
  const { client } = useSession();
  const reading = useQuery({
    queryKey: ["revisions", id],
    queryFn: ({ signal }) => client.memories.revisions(id, { signal }),
  });
  const { data } = reading;
  if (data === undefined) return <ReadError reading={reading} />;
  if (data.data.length < 2) return null;
  return (
    <Panel title="What it replaced, and what replaced it">
      <ol className="chain">
        {data.data.map((memory) => {
          const { id: each, text, created_at: storedAt, details } = memory;
          const from = details?.valid_from ?? details?.occurred_at ?? storedAt;
          const end = details?.invalid_at;
          const status = statusOf(memory);
          const isThis = each === id;
          return (
            <li key={each} data-status={status} aria-current={isThis || undefined}>
              {isThis ? <strong>{text}</strong> : <Link href={pathOfMemory(each)}>{text}</Link>}
              <p className="quiet">
                <MemoryStatus status={status} /> · from {printDay(from)}
                {end && ` until ${printDay(end)}`}
              </p>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
