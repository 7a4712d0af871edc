import type { IngestMemoryWire } from "@memlane/core";
import { useQueryClient } from "@tanstack/react-query";
import { isWritten } from "../../memories/is-written.ts";
import { statusOf } from "../../memories/status-of.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { useSession } from "../../session/session.tsx";
import { CorrectFact } from "./correct-fact.tsx";
import { EditWords } from "./edit-words.tsx";

/** What can be done with a memory: correct it, edit its words, forget it, or delete it. */
export function ChangeMemory({
  memory,
  onDelete,
}: {
  readonly memory: IngestMemoryWire;
  readonly onDelete: () => void;
}) {
  const { client } = useSession();
  const queries = useQueryClient();
  const { id, type } = memory;
  const isActive = statusOf(memory) === "active";
  return (
    <>
      {isActive && type === "fact" && <CorrectFact id={id} />}
      {isActive && isWritten(memory) && <EditWords memory={memory} />}
      {isActive && (type !== "episode" || isWritten(memory)) && (
        <Confirm
          button="Forget …"
          title="Forget this memory?"
          action="Forget"
          act={async () => {
            await client.memories.forget(id);
            void queries.invalidateQueries(); // not awaited: a read is repeated until the server answers
          }}
        >
          <p>Searches no longer find it. It stays in the history, with the facts that come only from it.</p>
        </Confirm>
      )}
      <Confirm
        button="Delete …"
        title="Delete this memory?"
        action="Delete for good"
        act={async () => {
          await client.memories.delete(id);
          onDelete();
        }}
      >
        <p>Its words are deleted everywhere, also in the job that made it. This cannot be undone.</p>
      </Confirm>
    </>
  );
}
