import type { IngestMemoryWire } from "@memlane/core";
import { Link } from "wouter";
import { printDay } from "../../parts/print-day.ts";
import { Table, type Column } from "../../parts/table.tsx";
import { TimeText } from "../../parts/time-text.tsx";
import { MemoryStatus } from "../../memories/memory-status.tsx";
import { pathOfMemory } from "../../memories/paths.ts";
import { statusOf } from "../../memories/status-of.ts";

const columns: readonly Column<IngestMemoryWire>[] = [
  {
    title: "Memory",
    kind: "wide",
    hidesTitleOnPhone: true,
    cell: ({ id, text }) => (
      <Link href={pathOfMemory(id)} className="excerpt">
        {text}
      </Link>
    ),
  },
  { title: "Kind", cell: ({ type }) => type },
  { title: "State", cell: (memory) => <MemoryStatus status={statusOf(memory)} /> },
  { title: "Said", cell: ({ details }) => details?.occurred_at && printDay(details.occurred_at) },
  { title: "Stored", cell: ({ created_at: at }) => <TimeText at={at} /> },
];

/** Memories, each with a link to its own screen. */
export function MemoryTable({
  caption,
  memories,
}: {
  readonly caption: string;
  readonly memories: readonly IngestMemoryWire[];
}) {
  return <Table caption={caption} columns={columns} rows={memories} keyOf={({ id }) => id} />;
}
