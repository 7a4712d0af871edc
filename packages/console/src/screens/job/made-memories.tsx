import type { IngestResultWire } from "@memlane/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { pathOfMemory } from "../../memories/paths.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { countOf } from "../../parts/count-text.ts";
import { Panel } from "../../parts/panel.tsx";
import { useSession } from "../../session/session.tsx";

/** The memories that a conversation made, made more precise, and replaced. */
export function MadeMemories({ result }: { readonly result: IngestResultWire }) {
  const {
    memories_created: created,
    memories_updated: updated,
    memories_superseded_by: supersededBy,
  } = result;
  const textOf = new Map([...created, ...updated].map(({ id, text }) => [id, text]));
  const replaced = Object.entries(supersededBy);
  return (
    <Panel
      title="Memories"
      aside={<p className="quiet">{countOf(created.length, "new memory", "new memories")}</p>}
    >
      {created.length + updated.length + replaced.length === 0 && (
        <EmptyState title="Nothing in it was worth keeping, or all of it was known." />
      )}
      <ul className="made">
        {created.map(({ id, text, type }) => (
          <Entry key={id} kind="new" id={id} text={text} note={type} />
        ))}
        {updated.map(({ id, text, type }) => (
          <Entry key={id} kind="updated" id={id} text={text} note={`${type}, more precise than before`} />
        ))}
        {replaced.map(([old, id]) => (
          <Entry
            key={old}
            kind="replaced"
            id={old}
            text={textOf.get(old) ?? <OldMemory id={old} />}
            note={`replaced by: ${textOf.get(id) ?? id}`}
          />
        ))}
      </ul>
    </Panel>
  );
}

function Entry({
  kind,
  id,
  text,
  note,
}: {
  readonly kind: "new" | "updated" | "replaced";
  readonly id: string;
  readonly text: ReactNode;
  readonly note: string;
}) {
  return (
    <li data-kind={kind}>
      <Link href={pathOfMemory(id)}>{text}</Link>
      <p className="quiet">{note}</p>
    </li>
  );
}

/** The text of a memory that an earlier job made. */
function OldMemory({ id }: { readonly id: string }) {
  const { client } = useSession();
  const { data } = useQuery({
    queryKey: ["memory", id],
    queryFn: ({ signal }) => client.memories.get(id, { signal }),
  });
  return data?.text ?? id;
}
