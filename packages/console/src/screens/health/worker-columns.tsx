import type { ServiceWire } from "@memlane/core";
import type { Column } from "../../parts/table.tsx";
import { TimeText } from "../../parts/time-text.tsx";

type Worker = ServiceWire["workers"][number];

/** The columns of the table of workers. */
export const workerColumns: readonly Column<Worker>[] = [
  { title: "Worker", kind: "wide", hidesTitleOnPhone: true, cell: ({ id }) => <code>{id}</code> },
  { title: "Version", cell: ({ version }) => version ?? "older" },
  { title: "Started", cell: ({ started_at: at }) => <TimeText at={at} /> },
  { title: "Seen", cell: ({ seen_at: at }) => <TimeText at={at} /> },
  {
    title: "Running",
    kind: "number",
    cell: ({ running, places }) => running !== null && `${running} of ${places ?? "?"}`,
  },
];
