import type { ListQuery } from "@memlane/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { pathOfAudit } from "../../audit/filter-of-address.ts";
import { MemoryTable } from "./memory-table.tsx";
import { Choice } from "../../parts/choice.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Panel } from "../../parts/panel.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { useSession } from "../../session/session.tsx";

type Kind = NonNullable<ListQuery["type"]> | "any";
const kinds: Readonly<Record<Kind, string>> = {
  any: "All",
  fact: "Facts",
  episode: "Episodes",
  artifact: "Artifacts",
  lesson: "Lessons",
  procedure: "Procedures",
};

/** All memories of a user, the newest first. */
export function UserMemories({ userId }: { readonly userId: string }) {
  const { client } = useSession();
  const [kind, setKind] = useState<Kind>("any");
  const reading = useInfiniteQuery({
    queryKey: ["memories", userId, kind],
    queryFn: ({ signal, pageParam }) =>
      client.memories.listPage(
        {
          user_id: userId,
          limit: 50,
          ...(kind !== "any" && { type: kind }),
          ...(pageParam !== null && { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor: cursor }) => cursor,
  });
  const { data, hasNextPage, fetchNextPage, isFetching } = reading;
  const memories = data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Panel title="Memories" aside={<Choice label="Kind" options={kinds} value={kind} choose={setKind} />}>
      <ReadError reading={reading} />
      {data !== undefined && memories.length === 0 && (
        <EmptyState title={kind === "any" ? "No memory is stored." : "There are none of this kind."}>
          {kind === "any" && (
            <p>
              If the user was erased, the{" "}
              <Link href={pathOfAudit({ userId, action: "erase" })}>audit log</Link> has the receipt.
            </p>
          )}
        </EmptyState>
      )}
      {memories.length > 0 && <MemoryTable caption="Memories" memories={memories} />}
      {hasNextPage && (
        <p className="more">
          <button type="button" disabled={isFetching} onClick={() => void fetchNextPage()}>
            Show more
          </button>
        </p>
      )}
    </Panel>
  );
}
