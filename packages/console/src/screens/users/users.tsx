import type { UserWire } from "@memlane/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useLocation, useSearchParams } from "wouter";
import { countOf, printCount } from "../../parts/count-text.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { OffsetPages } from "../../parts/offset-pages.tsx";
import { Screen } from "../../parts/screen.tsx";
import { Panel } from "../../parts/panel.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { textOf } from "../../parts/text-of.ts";
import { TimeText } from "../../parts/time-text.tsx";
import { useSession } from "../../session/session.tsx";
import { pathOfUser } from "../../memories/paths.ts";

const pageSize = 50;

const columns: readonly Column<UserWire>[] = [
  {
    title: "User",
    kind: "wide",
    hidesTitleOnPhone: true,
    cell: ({ user_id: id }) => <Link href={pathOfUser(id)}>{id}</Link>,
  },
  { title: "Memories", kind: "number", cell: ({ memories }) => printCount(memories) },
  { title: "Facts", kind: "number", cell: ({ facts }) => printCount(facts) },
  { title: "Episodes", kind: "number", cell: ({ episodes = 0 }) => printCount(episodes) },
  { title: "Last active", cell: ({ last_active: at }) => <TimeText at={at} /> },
];

/** The users with memories, the most recently active first. */
export function Users() {
  const { client } = useSession();
  const [, open] = useLocation();
  const [address] = useSearchParams();
  const offset = Math.max(0, Number(address.get("offset")) || 0);
  const reading = useQuery({
    queryKey: ["users", offset],
    queryFn: ({ signal }) => client.users.listPage({ limit: pageSize, offset }, { signal }),
    placeholderData: keepPreviousData,
  });
  const { data } = reading;

  return (
    <Screen
      title="Users"
      subtitle={data && countOf(data.total, "user")}
      actions={
        <form
          className="actions"
          role="search"
          action={(form) => {
            const id = textOf(form, "user_id");
            if (id !== "") open(pathOfUser(id));
          }}
        >
          <input name="user_id" aria-label="The id of a user" placeholder="user_id" required />
          <button type="submit">Open</button>
        </form>
      }
    >
      <ReadError reading={reading} />
      {data?.total === 0 && (
        <EmptyState title="No user has memories yet.">
          <p>A user appears when a conversation or a memory with a user_id is stored.</p>
        </EmptyState>
      )}
      {data !== undefined && data.total > 0 && (
        <Panel
          title="The most recently active user comes first"
          aside={<OffsetPages offset={offset} pageSize={pageSize} total={data.total} />}
        >
          <Table caption="Users" columns={columns} rows={data.users} keyOf={({ user_id: id }) => id} />
        </Panel>
      )}
    </Screen>
  );
}
