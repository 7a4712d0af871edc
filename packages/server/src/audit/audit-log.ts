import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { newId } from "../base/new-id.ts";
import type { Sql } from "../database/database.ts";
import { insertAuditEvents, type NewAuditEvent } from "../store/audit-events.ts";

/** An event to record. Missing fields are null; a read without `read` returned no memory and no fact. */
export type AuditRecord = Pick<NewAuditEvent, "orgId" | "actor" | "action" | "result"> &
  Partial<Omit<NewAuditEvent, "at">>;

/** Records an event. It returns at once: the event is stored a moment later, with others. */
export type RecordAudit = (record: AuditRecord) => void;

/** The audit log of a process. */
export interface AuditLog {
  readonly record: RecordAudit;
  /** Stores the last events. */
  readonly close: () => Promise<void>;
}

const spacingMs = 200; // collects events, so that a busy server writes five times a second
const eventsPerStatement = 500;
const mostWaiting = 20_000; // about 10 MB

/** Opens the audit log. If `isOn` is false, it stores nothing. */
export function openAuditLog(sql: Sql, log: Logger, isOn: boolean): AuditLog {
  const waiting: NewAuditEvent[] = [];
  const closing = new AbortController();
  let lost = 0;
  let storing: Promise<void> | undefined;

  async function store(): Promise<void> {
    await sleep(spacingMs, undefined, { signal: closing.signal }).catch(() => {});
    while (waiting.length > 0) {
      const events = waiting.slice(0, eventsPerStatement);
      try {
        await insertAuditEvents(sql, events);
      } catch (error) {
        log.warn({ err: error, waiting: waiting.length }, "cannot store audit events");
        break; // the next event tries again
      }
      waiting.splice(0, events.length);
    }
    if (lost > 0) log.error({ lost }, "audit events were lost: the database was unavailable for too long");
    lost = 0;
    storing = undefined;
  }

  return {
    record(event) {
      if (!isOn) return;
      if (waiting.length >= mostWaiting) {
        lost += 1;
        return;
      }
      waiting.push({
        id: newId(),
        at: new Date(),
        userId: null,
        targetId: null,
        meta: {},
        ip: null,
        read: event.action === "read" ? { memories: [], facts: [] } : null,
        ...event,
      });
      storing ??= store();
    },
    async close() {
      closing.abort();
      await storing;
      if (waiting.length > 0) await store();
    },
  };
}
