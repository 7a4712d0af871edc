// What users and agents have in common.
import { auditIds, type AuditId } from "@memlane/core/internal";
import type { ErasureReport } from "../../../memories/run-erasure.ts";
import type { OwnerActivity } from "../../../store/owners.ts";

/** Prints what a user or an agent has stored. */
export const printActivity = ({ memories, facts, episodes, lastActive }: OwnerActivity) => ({
  memories,
  facts,
  episodes,
  last_active: lastActive?.toISOString() ?? null,
});

/** Prints what an erasure has erased. */
export const printReceipt = (id: AuditId, { counts, isFinished }: ErasureReport) => ({
  memories_deleted: counts.memories,
  facts_deleted: counts.facts,
  messages_deleted: counts.messages,
  jobs_erased: counts.jobs,
  deliveries_deleted: counts.deliveries,
  finished: isFinished,
  audit_id: auditIds.print(id),
});
