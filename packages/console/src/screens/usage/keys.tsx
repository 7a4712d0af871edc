import type { UsageWire } from "@memlane/core";
import { printCount } from "../../parts/count-text.ts";
import { Panel } from "../../parts/panel.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { TimeText } from "../../parts/time-text.tsx";

type Key = NonNullable<UsageWire["by_api_key"]>[number];

const columns: readonly Column<Key>[] = [
  { title: "Key", kind: "wide", isPlain: true, cell: ({ name }) => name },
  { title: "Begins with", cell: ({ first_n: first }) => (first === "" ? "–" : <code>{first}…</code>) },
  { title: "Messages", kind: "number", cell: ({ messages_ingested: count }) => printCount(count) },
  { title: "Searches", kind: "number", cell: ({ searches }) => printCount(searches) },
  { title: "Last used", cell: ({ last_used_at: at }) => <TimeText at={at} /> },
];

/** What each API key has done this month. */
export function Keys({ keys }: { readonly keys: readonly Key[] }) {
  return (
    <Panel title="API keys">
      <Table caption="API keys" columns={columns} rows={keys} keyOf={({ api_key_hash: hash }) => hash} />
    </Panel>
  );
}
