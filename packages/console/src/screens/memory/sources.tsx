import type { IngestMemoryWire } from "@memlane/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { pathOfMemory } from "../../memories/paths.ts";
import { Panel } from "../../parts/panel.tsx";
import { printDay } from "../../parts/print-day.ts";
import { ReadError } from "../../parts/read-error.tsx";
import { useSession } from "../../session/session.tsx";

/** The words that a memory comes from: who said them, when, and in which message. */
export function Sources({ id }: { readonly id: string }) {
  const { client } = useSession();
  const reading = useQuery({
    queryKey: ["sources", id],
    queryFn: ({ signal }) => client.memories.sources(id, { signal }),
  });
  const { data } = reading;
  if (data === undefined) return <ReadError reading={reading} />;
  return (
    <Panel title="Where it comes from">
      {data.data.length === 0 ? (
        <p className="note quiet">
          No message is kept for it: it does not come from a conversation, or its messages are older than the
          server keeps them.
        </p>
      ) : (
        <ul className="sources">
          {data.data.map((source) => (
            <Source key={source.id} source={source} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Source({
  source: { id, text, type, details, conv_id: conversation, created_at: storedAt },
}: {
  readonly source: IngestMemoryWire;
}) {
  const speaker = /^([^:]{1,300}): ([\s\S]*)$/.exec(text);
  const isMessage = type === "episode" && speaker !== null;
  const [diaId] = details?.source_event_ids ?? [];
  const place = [
    // A message with a time has it beside its speaker.
    isMessage && !details?.occurred_at && `stored ${printDay(storedAt)}`,
    conversation && `conversation ${conversation}`,
    diaId && `message ${diaId}`,
  ].filter(Boolean);
  return (
    <li>
      <p className="quiet">
        {isMessage ? speaker[1] : <Link href={pathOfMemory(id)}>A memory that states it</Link>}
        {place.length > 0 && ` · ${place.join(", ")}`}
      </p>
      <blockquote>{isMessage ? speaker[2] : text}</blockquote>
    </li>
  );
}
