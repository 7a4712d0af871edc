import type { AuditRecord, RecordAudit } from "../audit/audit-log.ts";

/** How many memories a worker learned, and how many facts are no longer true. */
export interface LearnedCounts {
  readonly created: number;
  readonly ended: number;
}

/** Records what a worker learned about a user. */
export function auditLearned(
  audit: RecordAudit,
  about: Pick<AuditRecord, "orgId" | "userId" | "targetId">,
  { created, ended }: LearnedCounts,
): void {
  const event = { ...about, actor: "worker", result: "ok" } as const;
  if (created > 0) audit({ ...event, action: "fact_write", meta: { facts: created } });
  if (ended > 0) audit({ ...event, action: "fact_invalidate", meta: { facts: ended } });
}
