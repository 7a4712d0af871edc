import {
  auditActions,
  auditIds,
  auditPageWire,
  auditQueryWire,
  type AuditEvent,
} from "@memlane/core/internal";
import { countAuditEvents, listAuditEvents } from "../../../store/audit-events.ts";
import { route, type Route } from "../../route.ts";

/** The route that lists the audit log. */
export function createAuditRoute(): Route {
  return route({
    method: "GET",
    path: "/v1/audit",
    operationId: "listAuditEvents",
    summary: "A page of the audit log, newest first: who did what, without any content.",
    scope: "memories:read",
    query: auditQueryWire,
    answers: { 200: { description: "The page.", schema: auditPageWire } },
    errors: [],
    async handle({ orgId, database, query: { user_id, action, since, until, ...page } }) {
      const known = auditActions.find((each) => each === action);
      if (action && known === undefined) return { status: 200, body: { events: [], total: 0 } };
      const filter = { userId: user_id, action: known, since, until };
      const [events, total] = await Promise.all([
        listAuditEvents(database, orgId, filter, page),
        countAuditEvents(database, orgId, filter),
      ]);
      return { status: 200, body: { events: events.map(printAuditEvent), total } };
    },
  });
}

function printAuditEvent({ id, at, userId, targetId, ...event }: AuditEvent) {
  return {
    id: auditIds.print(id),
    ts: at.toISOString(),
    ...event,
    user_id: userId,
    target_id: targetId,
  };
}
