import type { KeyListWire } from "@memlane/core";
import { useQuery } from "@tanstack/react-query";
import { printCount } from "../../parts/count-text.ts";
import { describeDuration } from "../../parts/describe-time.ts";
import { Panel } from "../../parts/panel.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { TimeText } from "../../parts/time-text.tsx";
import { useSession } from "../../session/session.tsx";

const days = 7;

type Key = KeyListWire["data"][number];

const columns: readonly Column<Key>[] = [
  {
    title: "Key",
    kind: "wide",
    hidesTitleOnPhone: true,
    cell: ({ name, hint, user_id: user, revoked_at: revoked }) => (
      <>
        {name} <code className="quiet">…{hint}</code>
        {user !== null && <span className="quiet"> only user {user}</span>}
        {revoked !== null && <span className="quiet"> revoked</span>}
      </>
    ),
  },
  { title: "Requests", kind: "number", cell: ({ requests }) => printCount(requests) },
  {
    title: "Errors",
    kind: "number",
    cell: ({ errors, requests }) =>
      errors === 0 ? "0" : `${printCount(errors)} (${((errors / requests) * 100).toFixed(1)} %)`,
  },
  {
    title: "Half within",
    kind: "number",
    cell: ({ latency_p50_ms: ms }) => ms !== null && describeDuration(ms),
  },
  {
    title: "95 % within",
    kind: "number",
    cell: ({ latency_p95_ms: ms }) => ms !== null && describeDuration(ms),
  },
  {
    title: "Left this minute",
    kind: "number",
    cell: ({ limits: { requests_left: left } }) => (left === null ? "no limit" : printCount(left)),
  },
  { title: "Last used", cell: ({ last_used_at: at }) => <TimeText at={at} /> },
];

/** The recent requests of each API key, and what is left of its limit. */
export function Keys() {
  const { client } = useSession();
  const reading = useQuery({
    queryKey: ["keys"],
    queryFn: ({ signal }) => client.operations.keys({ days }, { signal }),
  });
  const { data } = reading;
  return (
    <Panel
      title="API keys"
      aside={
        <p className="quiet">
          every HTTP request of the last {days} days, also reads of jobs and of this page
        </p>
      }
    >
      <ReadError reading={reading} />
      {data !== undefined && (
        <Table caption="API keys" columns={columns} rows={data.data} keyOf={({ id }) => id} />
      )}
    </Panel>
  );
}
