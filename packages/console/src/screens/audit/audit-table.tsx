import type { AuditEventWire } from "@memlane/core";
import { Link } from "wouter";
import type { Action } from "../../audit/actions.ts";
import { pathOfUser } from "../../memories/paths.ts";
import { printMoment } from "../../parts/print-day.ts";
import { Table, type Column } from "../../parts/table.tsx";
import { Details } from "./details.tsx";
import { Sender } from "./sender.tsx";

/** What was done, by action. */
const actionTexts: Readonly<Record<string, string>> = {
  read: "read",
  write: "wrote",
  fact_write: "wrote a fact",
  fact_invalidate: "ended a fact",
  erase: "erased",
  key_create: "created a key",
  key_revoke: "revoked a key",
  tenant_create: "signed up",
} satisfies Readonly<Record<Action, string>>;

/** An action that was refused or failed must not read as done: `fact write denied`. */
const wordsOf = (action: string) => action.replaceAll("_", " ");

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
        <span data-action={action}>{(result === "ok" && actionTexts[action]) || wordsOf(action)}</span>
        {result !== "ok" && <span className="failure"> {result === "error" ? "failed" : result}</span>}
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
