import type { IngestMemoryWire } from "@memlane/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { pathOfMemory } from "../../memories/paths.ts";
import { SaidWords } from "../../memories/said-words.tsx";
import { Panel } from "../../parts/panel.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { useSession } from "../../session/session.tsx";

/** How many sources the server sends at most. */
const mostSources = 100;

/** The words that a memory comes from, or those of an episode: who said them, when, and in which message. */
export function Sources({ id, title }: { readonly id: string; readonly title: string }) {
  const { client } = useSession();
  const reading = useQuery({
    queryKey: ["sources", id],
    queryFn: ({ signal }) => client.memories.sources(id, { signal }),
  });
  const { data } = reading;
  if (data === undefined) return <ReadError reading={reading} />;
  return (
    <Panel title={title}>
      {data.data.length === 0 ? (
        <p className="note quiet">
          No message is kept for it: it does not come from a conversation, or its messages are older than the
          server keeps them.
        </p>
      ) : (
        <ul className="said">
          {data.data.map((source) => (
            <li key={source.id}>
              <Source source={source} />
            </li>
          ))}
        </ul>
      )}
      {data.data.length === mostSources && <p className="note quiet">These are the first {mostSources}.</p>}
    </Panel>
  );
}

function Source({ source }: { readonly source: IngestMemoryWire }) {
  const quote = source.details?.quote;
  if (quote !== undefined) return <SaidWords memory={source} quote={quote} />;
  return (
    <>
      <p className="quiet">
        <Link href={pathOfMemory(source.id)}>A memory that states it</Link>
      </p>
      <blockquote>{source.text}</blockquote>
    </>
  );
}
