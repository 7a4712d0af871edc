// The filter of the audit log in the address, so that it can be kept, sent and gone back to.
import type { AuditQuery } from "@memlane/core";
import { readPeriod, startOf, type Period } from "../parts/period.ts";
import { printQuery } from "../parts/print-query.ts";
import { actions, type Action } from "./actions.ts";

/** The filter. A field that is undefined does not filter. */
export interface AuditFilter {
  readonly action: Action | undefined;
  readonly userId: string | undefined;
  readonly within: Period | undefined;
}

/** Reads the filter. Leaves out unknown actions and periods. */
export function readAuditFilter(address: URLSearchParams): AuditFilter {
  return {
    action: actions.find((action) => action === address.get("action")),
    userId: address.get("user") || undefined,
    within: readPeriod(address),
  };
}

/** The address of the audit log with a filter. */
export function pathOfAudit({ action, userId, within }: Partial<AuditFilter>): string {
  const query = printQuery({ action, user: userId, within });
  return query === "" ? "/audit" : `/audit?${query}`;
}

/** The filter as the API takes it. A period ends now. */
export function auditQueryOf({ action, userId, within }: AuditFilter, nowMs: number): AuditQuery {
  return {
    ...(action && { action }),
    ...(userId && { user_id: userId }),
    ...(within && { since: startOf(within, nowMs) }),
  };
}
