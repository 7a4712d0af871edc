import { newId } from "../base/new-id.ts";
import type { Sql } from "../database/database.ts";
import { insertAuditEvents, type NewAuditEvent } from "../store/audit-events.ts";

/** Records at once what the operator did on the command line. */
export async function recordByOperator(
  sql: Sql,
  event: Pick<NewAuditEvent, "orgId" | "action" | "targetId">,
): Promise<void> {
  const rest = {
    id: newId(),
    actor: "manage",
    result: "ok",
    userId: null,
    meta: {},
    ip: null,
    read: null,
  } as const;
  await insertAuditEvents(sql, [{ ...rest, ...event }]);
}
