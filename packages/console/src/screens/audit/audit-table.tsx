import type { AuditEventWire } from "@memlane/core";
import { Link } from "wouter";
import type { Action } from "../../audit/actions.ts";
import { pathOfUser } from "../../memories/paths.ts";
import { printMoment } from "../../parts/print-day.ts";
import { Table, type Column } from "../../parts/table.tsx";
import { Details } from "./details.tsx";
import { Sender } from "./sender.tsx";

/** Each action as something that was done. */
const deeds: Readonly<Record<string, string>> = {
  read: "read",
  write: "wrote",
  fact_write: "wrote a fact",
  fact_invalidate: "ended a fact",
  erase: "erased",
  key_create: "created a key",
  key_revoke: "revoked a key",
  tenant_create: "signed up",
} satisfies Readonly<Record<Action, string>>;

const columns: readonly Column<AuditEventWire>[] = [
  {
    title: "When",
    hidesTitleOnPhone: true,
    cell: ({ ts }) => <time dateTime={ts}>{printMoment(new Date(ts))}</time>,
  },
  { title: "Who", cell: (event) => <Sender event={event} /> },
  {
    title: "What",
    hidesTitleOnPhone: true,
    cell: ({ action, result }) => (
      <>
        <span data-action={action}>{deeds[action] ?? action}</span>
        {result !== "ok" && <span className="failure"> {result}</span>}
      </>
    ),
  },
  {
    title: "User",
    kind: "name",
    cell: ({ user_id: id }) => id !== null && <Link href={pathOfUser(id)}>{id}</Link>,
  },
  { title: "Details", kind: "wide", hidesTitleOnPhone: true, cell: (event) => <Details event={event} /> },
];

/** A page of the audit log. */
export function AuditTable({ events }: { readonly events: readonly AuditEventWire[] }) {
  return (
    <Table
      caption="Audit log, newest first"
      columns={columns}
      rows={events}
      keyOf={({ id, ts, target_id: target }) => id ?? `${ts} ${target}`}
    />
  );
}
