import type { IngestMemoryWire } from "@memlane/core";
import { useQueryClient } from "@tanstack/react-query";
import { isWritten } from "../../memories/is-written.ts";
import { statusOf } from "../../memories/status-of.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { useSession } from "../../session/session.tsx";
import { CorrectFact } from "./correct-fact.tsx";
import { EditWords } from "./edit-words.tsx";

/** What can be done with a memory: edit its words, forget it, or delete it. */
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
            await queries.invalidateQueries();
          }}
        >
          <p>No search finds it any more. It is kept as history, and so are the facts that only it states.</p>
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
