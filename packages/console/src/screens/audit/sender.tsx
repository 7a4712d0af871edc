import type { AuditEventWire } from "@memlane/core";
import { useQuery } from "@tanstack/react-query";
import { shortId } from "../../parts/short-id.ts";
import { useScope, useSession } from "../../session/session.tsx";

/** The text for each kind of sender that the API names. */
const actors: Readonly<Record<string, string>> = {
  rest: "API",
  mcp: "MCP",
  worker: "worker",
  dashboard: "dashboard",
  manage: "command line",
};

/** Who did it: the key, with its name if the reader may list keys, and the way in. */
export function Sender({ event: { actor, meta, ip } }: { readonly event: AuditEventWire }) {
  const names = useKeyNames();
  const through = actors[actor] ?? actor;
  const { key, operator_key: operator } = meta ?? {};
  if (typeof operator === "string")
    return <By who={`operator ${shortId(operator)}`} id={operator} through={[through, ip]} />;
  if (typeof key === "string")
    return <By who={names?.get(key) ?? `key ${shortId(key)}`} id={key} through={[through, ip]} />;
  return <By who={through} through={[ip]} />;
}

function By({
  who,
  id,
  through,
}: {
  readonly who: string;
  readonly id?: string;
  readonly through: readonly (string | null)[];
}) {
  return (
    <>
      <span title={id}>{who}</span>{" "}
      <span className="quiet">{through.filter((part) => part !== null).join(", ")}</span>
    </>
  );
}

/** The names of the organisation's keys by their ids; undefined if the reader's key may not list them. */
function useKeyNames(): ReadonlyMap<string, string> | undefined {
  const { client } = useSession();
  const { data } = useQuery({
    queryKey: ["key-names"],
    queryFn: async ({ signal }) => {
      const { data: keys } = await client.operations.keys({}, { signal });
      return new Map(keys.map(({ id, name }) => [id, name]));
    },
    enabled: useScope("memories:write"),
    staleTime: 60_000,
  });
  return data;
}
