import type { IngestResultWire } from "@memlane/core";
import { useQuery } from "@tanstack/react-query";
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
          <li key={id} data-kind={supersededBy[id] === undefined ? "new" : "replaced"}>
            <p>{text}</p>
            <p className="quiet">
              {type} <code>{id}</code>
            </p>
          </li>
        ))}
        {updated.map(({ id, text, type }) => (
          <li key={id} data-kind="updated">
            <p>{text}</p>
            <p className="quiet">
              {type}, more precise than before <code>{id}</code>
            </p>
          </li>
        ))}
        {replaced.map(([old, id]) => (
          <li key={old} data-kind="replaced">
            <p>
              <del>{textOf.get(old) ?? <OldMemory id={old} />}</del>
            </p>
            <p className="quiet">replaced by: {textOf.get(id) ?? <code>{id}</code>}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The text of a memory that an earlier job made. */
function OldMemory({ id }: { readonly id: string }) {
  const { client } = useSession();
  const { data } = useQuery({
    queryKey: ["memory", id],
    queryFn: ({ signal }) => client.memories.get(id, { signal }),
  });
  return data?.text ?? <code>{id}</code>;
}
