import type { AuditQuery } from "@memlane/core";

/** An action, in the words of the API. */
export type Action = NonNullable<AuditQuery["action"]>;

/** The actions to choose from, with their texts. */
export const actionWords = {
  erase: "Erasures",
  read: "Reads",
  write: "Writes",
  fact_write: "Facts written",
  fact_invalidate: "Facts ended",
  key_create: "Keys created",
  key_revoke: "Keys revoked",
  tenant_create: "Sign-ups",
} as const satisfies Readonly<Record<Action, string>>;

/** All actions. */
export const actions = Object.keys(actionWords) as readonly Action[];
