import { factIds, type FactWire, type IngestMemoryWire } from "@memlane/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFacts } from "../../memories/use-facts.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { useSession } from "../../session/session.tsx";

/** Corrects a fact, which a new fact then replaces, or changes the words of a memory that was written as it is. */
export function EditMemory({ memory }: { readonly memory: IngestMemoryWire }) {
  const { data } = useFacts(memory.user_id);
  const fact = data?.facts.find(({ id }) => factIds.parse(id) === memory.id);
  return fact === undefined ? <EditWords memory={memory} /> : <CorrectFact fact={fact} />;
}

function CorrectFact({ fact }: { readonly fact: FactWire }) {
  const { client } = useSession();
  const queries = useQueryClient();
  const { id, subject, predicate } = fact;
  const [object, setObject] = useState(fact.object);
  return (
    <Confirm
      button="Correct …"
      title="What is right?"
      action="Correct"
      isHarmless
      act={async () => {
        await client.facts.correct(id, { object });
        await queries.invalidateQueries();
      }}
    >
      <label>
        {subject === "self" ? "The user" : subject} {predicate}
        <input value={object} required onChange={(event) => setObject(event.currentTarget.value)} />
      </label>
      <p className="quiet">A new fact replaces this one, which is kept as history.</p>
    </Confirm>
  );
}

function EditWords({ memory: { id, text } }: { readonly memory: IngestMemoryWire }) {
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
        await queries.invalidateQueries();
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
