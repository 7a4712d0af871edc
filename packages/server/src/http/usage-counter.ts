// Counts what keys do. The counts of a process are added to the database every few seconds, in one SQL statement.
import type { Logger } from "pino";
import { dayOf } from "../base/day-of.ts";
import type { Sql } from "../database/database.ts";
import { addUsage, type KeyUse, type UseCounts } from "../store/usage.ts";

/** Counts what keys do. */
export interface UsageCounter {
  /** Counts what a key did now. Without `uses`, it only stores that the key was used. */
  readonly count: (key: { readonly id: string; readonly orgId: string }, uses?: Partial<UseCounts>) => void;
  /** Stores all counts. */
  readonly flush: () => Promise<void>;
  /** Stores all counts and stops. */
  readonly close: () => Promise<void>;
}

/** How many rows one SQL statement stores. Each row is a key on a day. */
const mostPerStatement = 1000;

/** Creates the counter of a process. A crash loses the counts of at most `everyMs`. */
export function createUsageCounter(
  sql: Sql,
  log: Logger,
  { everyMs = 5000, now = Date.now }: { readonly everyMs?: number; readonly now?: () => number } = {},
): UsageCounter {
  let counts = new Map<string, KeyUse>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let storing: Promise<void> = Promise.resolve();

  function add({ org_id, key_id, day, used_at, ...uses }: KeyUse): void {
    const cell = `${key_id} ${day}`;
    const before = counts.get(cell);
    counts.set(cell, {
      org_id,
      key_id,
      day,
      messages: (before?.messages ?? 0) + uses.messages,
      ingests: (before?.ingests ?? 0) + uses.ingests,
      searches: (before?.searches ?? 0) + uses.searches,
      used_at: before !== undefined && before.used_at > used_at ? before.used_at : used_at,
    });
    if (!isClosed) timer ??= setTimeout(() => void flush(), everyMs);
  }

  async function store(): Promise<void> {
    const taken = [...counts.values()];
    counts = new Map();
    for (let first = 0; first < taken.length; first += mostPerStatement) {
      try {
        await addUsage(sql, taken.slice(first, first + mostPerStatement));
      } catch (error) {
        log.warn({ err: error }, "cannot store what keys did: trying again later");
        taken.slice(first).forEach(add);
        return;
      }
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    return (storing = storing.then(store));
  }

  return {
    count({ id, orgId }, { messages = 0, ingests = 0, searches = 0 } = {}) {
      const time = new Date(now());
      const used_at = time.toISOString();
      add({ org_id: orgId, key_id: id, day: dayOf(time), messages, ingests, searches, used_at });
    },
    flush,
    async close() {
      isClosed = true;
      await flush();
    },
  };
}
