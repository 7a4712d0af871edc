// Counts what keys do. The counts of a process are added to the database every few seconds, in one SQL statement.
import type { Logger } from "pino";
import { dayOf } from "../base/day-of.ts";
import type { Sql } from "../database/database.ts";
import { rangeOf } from "./latency-ranges.ts";
import { addUsage, type KeyUse, type UseCounts } from "../store/usage.ts";

/** Counts what keys do. */
export interface UsageCounter {
  /** Counts what a key did now. Without `uses`, it only stores that the key was used. */
  readonly count: (key: { readonly id: string; readonly orgId: string }, uses?: Partial<UseCounts>) => void;
  /** Counts an answered request of a key, and how long it took unless it is undefined. */
  readonly countAnswer: (
    key: { readonly id: string; readonly orgId: string },
    answer: { readonly isError: boolean; readonly ms: number | undefined },
  ) => void;
  /** Stores all counts. */
  readonly flush: () => Promise<void>;
  /** Stores all counts and stops. */
  readonly close: () => Promise<void>;
}

const counted = ["messages", "ingests", "searches", "requests", "errors"] as const;
const noUse = { messages: 0, ingests: 0, searches: 0, requests: 0, errors: 0 };

/** A `KeyUse` that grows. */
type DayOfUse = { -readonly [Name in keyof KeyUse]: KeyUse[Name] } & { readonly latencies: number[] };

function addLatencies({ latencies }: DayOfUse, range: number, count: number): void {
  while (latencies.length <= range) latencies.push(0);
  latencies[range]! += count;
}

/** How many rows one SQL statement stores. Each row is a key on a day. */
const mostPerStatement = 1000;

/** Creates the counter of a process. A crash loses the counts of at most `everyMs`. */
export function createUsageCounter(
  sql: Sql,
  log: Logger,
  { everyMs = 5000, now = Date.now }: { readonly everyMs?: number; readonly now?: () => number } = {},
): UsageCounter {
  let counts = new Map<string, DayOfUse>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let storing: Promise<void> = Promise.resolve();

  /** The counts of a key on a day, to add to. */
  function dayOfUse({ org_id, key_id, day, used_at }: Pick<KeyUse, "org_id" | "key_id" | "day" | "used_at">) {
    const cell = `${key_id} ${day}`;
    const known = counts.get(cell);
    const use = known ?? { ...noUse, org_id, key_id, day, used_at, latencies: [] };
    if (known === undefined) counts.set(cell, use);
    if (used_at > use.used_at) use.used_at = used_at;
    if (!isClosed) timer ??= setTimeout(() => void flush(), everyMs);
    return use;
  }

  function today({ id, orgId }: { readonly id: string; readonly orgId: string }) {
    const time = new Date(now());
    return dayOfUse({ org_id: orgId, key_id: id, day: dayOf(time), used_at: time.toISOString() });
  }

  function addAgain(lost: KeyUse): void {
    const use = dayOfUse(lost);
    for (const name of counted) use[name] += lost[name];
    lost.latencies.forEach((count, range) => addLatencies(use, range, count));
  }

  async function store(): Promise<void> {
    const taken = [...counts.values()];
    counts = new Map();
    for (let first = 0; first < taken.length; first += mostPerStatement) {
      try {
        await addUsage(sql, taken.slice(first, first + mostPerStatement));
      } catch (error) {
        log.warn({ err: error }, "cannot store what keys did: trying again later");
        taken.slice(first).forEach(addAgain);
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
    count(key, { messages = 0, ingests = 0, searches = 0 } = {}) {
      const use = today(key);
      use.messages += messages;
      use.ingests += ingests;
      use.searches += searches;
    },
    countAnswer(key, { isError, ms }) {
      const use = today(key);
      use.requests += 1;
      if (isError) use.errors += 1;
      if (ms !== undefined) addLatencies(use, rangeOf(ms), 1);
    },
    flush,
    async close() {
      isClosed = true;
      await flush();
    },
  };
}
