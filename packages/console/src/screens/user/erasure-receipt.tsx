import type { UserErasureWire } from "@memlane/core";
import { useState } from "react";
import { Link } from "wouter";
import { countOf } from "../../parts/count-text.ts";
import { Panel } from "../../parts/panel.tsx";
import { printMoment } from "../../parts/print-day.ts";

/** What an erasure has deleted, and where the audit log says so. */
export function ErasureReceipt({ receipt }: { readonly receipt: UserErasureWire }) {
  const {
    memories_deleted: memories,
    facts_deleted: facts,
    messages_deleted: messages = 0,
    jobs_erased: jobs = 0,
    deliveries_deleted: deliveries = 0,
    finished = true,
    audit_id: auditId,
  } = receipt;
  const [erasedAt] = useState(() => new Date());
  return (
    <Panel title="Receipt of the erasure">
      <div className="receipt" role="status">
        <p>
          <strong>
            {finished ? "Everything is erased." : "There is much to erase: the server continues."}
          </strong>{" "}
          <time dateTime={erasedAt.toISOString()}>{printMoment(erasedAt)}</time>
        </p>
        <ul>
          <li>{countOf(memories, "memory", "memories")}</li>
          <li>{countOf(facts, "fact")}</li>
          <li>{countOf(messages, "message")}</li>
          <li>{countOf(jobs, "job")} without their texts</li>
          <li>{countOf(deliveries, "webhook delivery", "webhook deliveries")}</li>
        </ul>
        <p className="quiet">
          In the audit log: <code>{auditId}</code>
        </p>
        <Link href="/users">To the users</Link>
      </div>
    </Panel>
  );
}
