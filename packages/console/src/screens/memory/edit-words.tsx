import type { IngestMemoryWire } from "@memlane/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Confirm } from "../../parts/confirm.tsx";
import { useSession } from "../../session/session.tsx";

/** Changes the words of a verbatim memory. */
export function EditWords({ memory: { id, text } }: { readonly memory: IngestMemoryWire }) {
  const { client } = useSession();
  const queries = useQueryClient();
  const [content, setContent] = useState(text);
  return (
    <Confirm
      button="Edit …"
      title="Edit this memory"
      action="Save"
      isHarmless
      act={async () => {
        await client.memories.update(id, { content });
        void queries.invalidateQueries(); // not awaited: a read is repeated until the server answers
      }}
    >
      <label>
        Content
        <textarea
          value={content}
          rows={6}
          required
          onChange={(event) => setContent(event.currentTarget.value)}
        />
      </label>
      <p className="quiet">Its facts are found again afterwards.</p>
    </Confirm>
  );
}
