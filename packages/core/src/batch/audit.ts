import * as z from "zod/mini";
import { count, textOrNull as text } from "../dialect/answer-fields.ts";
import { openWord } from "../dialect/open-word.ts";
import type { AuditId } from "../ids/id.ts";

/** Who did it: a client of the API, an MCP server, the worker, or the operator's command line. */
export const auditActors = ["rest", "mcp", "worker", "dashboard", "manage"] as const;
/** One of these actors. */
export type AuditActor = (typeof auditActors)[number];

/** What was done. */
export const auditActions = [
  "read",
  "write",
  "fact_write",
  "fact_invalidate",
  "erase",
  "key_create",
  "key_revoke",
  "tenant_create",
] as const;
/** One of these actions. */
export type AuditAction = (typeof auditActions)[number];

/** How it ended. */
export const auditResults = ["ok", "denied", "error"] as const;

/** An audit event as the server stores it. */
export interface AuditEvent {
  readonly id: AuditId;
  readonly at: Date;
  readonly actor: AuditActor;
  readonly action: AuditAction;
  readonly result: (typeof auditResults)[number];
  readonly userId: string | null;
  readonly targetId: string | null;
  /** Numbers and labels, no content. */
  readonly meta: Readonly<Record<string, string | number | boolean>>;
  readonly ip: string | null;
  /** What a read returned, at most 100 ids of each kind. */
  readonly read: { readonly memories: readonly string[]; readonly facts: readonly string[] } | null;
}

/** An audit event in the wire format. */
export const auditEventWire = z.object({
  /** `aud_` and 32 hex digits. */
  id: z.optional(z.string()),
  /** In ISO 8601. */
  ts: z.string(),
  actor: openWord(auditActors),
  action: openWord(auditActions),
  result: openWord(auditResults),
  user_id: text,
  /** The id of what was read, written or erased. */
  target_id: text,
  /** Counts and labels, no content; our server also sends `key` or `operator_key`, the id of the API key. */
  meta: z._default(z.nullable(z.record(z.string(), z.unknown())), null),
  ip: text,
  /** The ids that a read returned, at most 100 of each kind; null for other actions. */
  read: z._default(z.nullable(z.object({ memories: z.array(z.string()), facts: z.array(z.string()) })), null),
});
/** An audit event in the wire format. */
export interface AuditEventWire extends z.output<typeof auditEventWire> {}

/** A page of audit events, newest first. */
export const auditPageWire = z.object({
  events: z.array(auditEventWire),
  /** How many events match on all pages; our server counts up to 100,000. */
  total: count,
});
/** A page of audit events in the wire format. */
export interface AuditPageWire extends z.output<typeof auditPageWire> {}
