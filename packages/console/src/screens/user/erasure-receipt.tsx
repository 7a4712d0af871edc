import type { UserErasureWire } from "@memlane/core";
import { useState } from "react";
import { Link } from "wouter";
import { describeCounts } from "../../audit/describe-counts.ts";
import { pathOfAudit } from "../../audit/filter-of-address.ts";
import { Panel } from "../../parts/panel.tsx";
import { printMoment } from "../../parts/print-day.ts";

/** What an erasure has deleted, and where the audit log keeps it. */
export function ErasureReceipt({ receipt }: { readonly receipt: UserErasureWire }) {
  const { finished = true, audit_id: auditId, user_id: userId } = receipt;
  const counts = describeCounts({
    memories: receipt.memories_deleted,
    facts: receipt.facts_deleted,
    messages: receipt.messages_deleted,
    jobs: receipt.jobs_erased,
    deliveries: receipt.deliveries_deleted,
  });
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
          {counts.map((count) => (
            <li key={count}>{count}</li>
          ))}
        </ul>
        <p className="quiet">
          Kept in the <Link href={pathOfAudit({ userId, action: "erase" })}>audit log</Link> as{" "}
          <code>{auditId}</code>
        </p>
        <Link href="/users">To the users</Link>
      </div>
    </Panel>
  );
}
