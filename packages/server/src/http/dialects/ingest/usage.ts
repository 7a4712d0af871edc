import { usageQueryWire, usageWire } from "@memlane/core/internal";
import type * as z from "zod/mini";
import { dayOf } from "../../../base/day-of.ts";
import {
  countStorage,
  listUsage,
  listUsedKeys,
  type DayOfKey,
  type StorageCounts,
  type UsedKey,
} from "../../../store/usage.ts";
import { route, type Route } from "../../route.ts";
import type { ServiceContext } from "../../service-context.ts";

/** The route that shows what an organisation does and stores. */
export function createUsageRoutes({ usage, limitsOf }: ServiceContext): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/usage",
      operationId: "getUsage",
      summary: "What the organisation has done this month (UTC), and what it stores.",
      scope: "memories:read",
      query: usageQueryWire,
      answers: { 200: { description: "The usage.", schema: usageWire } },
      errors: [],
      async handle({ orgId, database, query }) {
        await usage.flush();
        const now = new Date();
        const period = monthOf(now);
        const [days, keys, storage, { requestsPerMinute }] = await Promise.all([
          listUsage(database, orgId, period.start, period.end),
          query.by_api_key ? listUsedKeys(database, orgId) : null,
          countStorage(database, orgId),
          limitsOf(orgId),
        ]);
        const body = {
          ...printTotals(days, period, now),
          daily: query.daily ? printDays(days, period) : null,
          by_api_key: keys && printKeys(keys, days),
          storage: printStorage(storage, now),
          quota: printQuota(days, period, requestsPerMinute),
        } satisfies z.output<typeof usageWire>;
        return { status: 200, body };
      },
    }),
  ];
}

/** A calendar month in UTC. `start` is its first day, `end` the first day of the next month. */
interface Month {
  readonly key: string;
  readonly start: string;
  readonly end: string;
}

function monthOf(now: Date): Month {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const start = dayOf(new Date(Date.UTC(year, month)));
  const end = dayOf(new Date(Date.UTC(year, month + 1)));
  return { key: start.slice(0, "2026-12".length), start, end };
}

const midnight = (day: string) => `${day}T00:00:00.000Z`;

function sumOf(days: readonly DayOfKey[]) {
  const sum = (name: "messages" | "ingests" | "searches") =>
    days.reduce((total, day) => total + day[name], 0);
  const searches = sum("searches");
  return { messages_ingested: sum("messages"), searches, requests: sum("ingests") + searches };
}

function printTotals(days: readonly DayOfKey[], { key, start, end }: Month, now: Date) {
  return {
    object: "usage" as const,
    as_of: now.toISOString(),
    period: { key, start: midnight(start), end: midnight(end), type: "calendar_month" },
    tier: null,
    operations: sumOf(days),
  };
}

function printDays(days: readonly DayOfKey[], { start, end }: Month) {
  const byDay = Map.groupBy(days, ({ day }) => day);
  const dates = [];
  for (const day = new Date(start); dayOf(day) < end; day.setUTCDate(day.getUTCDate() + 1))
    dates.push(dayOf(day));
  return dates.map((date) => ({ date, ...sumOf(byDay.get(date) ?? []) }));
}

function printKeys(keys: readonly UsedKey[], days: readonly DayOfKey[]) {
  const byKey = Map.groupBy(days, ({ keyId }) => keyId);
  return keys.map(({ id, hash, firstCharacters, name, lastUsedAt }) => ({
    api_key_hash: hash,
    first_n: firstCharacters,
    name,
    ...sumOf(byKey.get(id) ?? []),
    last_used_at: lastUsedAt?.toISOString() ?? null,
  }));
}

function printStorage({ memories, episodes, artifacts }: StorageCounts, now: Date) {
  return {
    memories_active: memories,
    episodes_active: episodes,
    artifacts_active: artifacts,
    as_of: now.toISOString(),
  };
}

/** Messages and searches have no monthly limit here. The monthly quota counts memories, so it is not shown. */
function printQuota(days: readonly DayOfKey[], { key, end }: Month, requestsPerMinute: number | null) {
  const { messages_ingested, searches } = sumOf(days);
  return {
    rate_limit_req_per_min: requestsPerMinute ?? 0, // the vendor's clients expect a number
    monthly: {
      period_key: key,
      resets_at: midnight(end),
      messages_ingested: { used: messages_ingested, limit: null },
      searches: { used: searches, limit: null },
    },
  };
}
