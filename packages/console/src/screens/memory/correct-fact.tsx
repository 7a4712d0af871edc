import type { FactPatch, FactWire } from "@memlane/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Confirm } from "../../parts/confirm.tsx";
import { useSession } from "../../session/session.tsx";

/** The parts of a fact, with their labels. */
const parts = { subject: "Subject", predicate: "Predicate", object: "Object" } as const;

/** Corrects a fact, which a new fact then replaces. */
export function CorrectFact({ id }: { readonly id: string }) {
  const { client } = useSession();
  const { data: fact } = useQuery({
    queryKey: ["fact", id],
    queryFn: ({ signal }) => client.facts.get(id, { signal }),
  });
  return fact && <CorrectionForm key={fact.id} fact={fact} />;
}

function CorrectionForm({ fact }: { readonly fact: FactWire }) {
  const { client } = useSession();
  const queries = useQueryClient();
  const [patch, setPatch] = useState<FactPatch>({});
  return (
    <Confirm
      button="Correct …"
      title="What is right?"
      action="Correct"
      isHarmless
      act={async () => {
        await client.facts.correct(fact.id, { object: fact.object, ...patch });
        void queries.invalidateQueries(); // not awaited: a read is repeated until the server answers
      }}
    >
      {(["subject", "predicate", "object"] as const).map((part) => (
        <label key={part}>
          {parts[part]}
          <input
            value={patch[part] ?? fact[part]}
            required
            onChange={(event) => setPatch({ ...patch, [part]: event.currentTarget.value })}
          />
        </label>
      ))}
      <p className="quiet">
        The subject <code>self</code> is the user. A new fact replaces this one, which is kept as history.
      </p>
    </Confirm>
  );
}
