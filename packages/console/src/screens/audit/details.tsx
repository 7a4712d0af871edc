import type { AuditEventWire } from "@memlane/core";
import { Link } from "wouter";
import { describeCounts } from "../../audit/describe-counts.ts";
import { JobLink } from "../../jobs/job-link.tsx";
import { pathOfFact, pathOfMemory } from "../../memories/paths.ts";
import { shortId } from "../../parts/short-id.ts";

/** What an event is about, in numbers. For an erasure, they are the receipt. */
export function Details({
  event: { id, action, result, target_id: target, meta },
}: {
  readonly event: AuditEventWire;
}) {
  const isErasure = action === "erase";
  const shown = isErasure
    ? (meta ?? {})
    : Object.fromEntries(Object.entries(meta ?? {}).filter(([, count]) => count !== 0));
  const counts = describeCounts(shown).join(", ");
  return (
    <>
      {target !== null && <Target id={target} isGone={isErasure} />} {counts}
      {isErasure && result === "ok" && counts !== "" && (
        <p className="quiet">
          Receipt <code>{id}</code>
        </p>
      )}
    </>
  );
}

function Target({ id, isGone }: { readonly id: string; readonly isGone: boolean }) {
  if (id.startsWith("job_")) return <JobLink id={id} />;
  const path = id.startsWith("fct_") ? pathOfFact(id) : id.startsWith("mem_") ? pathOfMemory(id) : undefined;
  const text = <code title={id}>{shortId(id)}</code>;
  return path === undefined || isGone ? text : <Link href={path}>{text}</Link>;
}
