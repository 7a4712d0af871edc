import { keyListQueryWire, keyListWire } from "@memlane/core/internal";
import { dayOf } from "../../base/day-of.ts";
import { listKeysWithUsage, type KeyWithUsage } from "../../store/key-usage.ts";
import { readWriteUsage } from "../../store/write-usage.ts";
import { percentileOf } from "../latency-ranges.ts";
import { route, type Route } from "../route.ts";
import type { ServiceContext } from "../service-context.ts";

const dayMs = 86_400_000;

/** The route that lists the keys of an organisation. */
export function createKeysRoute({ usage, limitsOf }: ServiceContext): Route {
  return route({
    method: "GET",
    path: "/v1/keys",
    operationId: "listKeys",
    summary:
      "The API keys of the organisation, with the recent requests of each and what is left of its limits. Never the keys themselves.",
    scope: "memories:write",
    query: keyListQueryWire,
    answers: { 200: { description: "The keys.", schema: keyListWire } },
    errors: [],
    async handle({ orgId, database, query: { days } }) {
      await usage.flush();
      const limits = await limitsOf(orgId);
      const { writesPerMonth, requestsPerMinute } = limits;
      const [keys, written] = await Promise.all([
        listKeysWithUsage(database, orgId, dayOf(new Date(Date.now() - (days - 1) * dayMs))),
        readWriteUsage(database, [{ orgId, limits: { ...limits, agents: null }, agentIds: [] }]),
      ]);
      const { writes = 0, promisedWrites = 0 } = written.get(orgId) ?? {};
      const body = {
        data: keys.map((key) => printKey(key, requestsPerMinute)),
        limits: {
          writes_per_month: writesPerMonth,
          writes_left: leftOf(writesPerMonth, writes + promisedWrites),
        },
      };
      return { status: 200, body };
    },
  });
}

const leftOf = (limit: number | null, used: number) => (limit === null ? null : Math.max(0, limit - used));

function printKey(key: KeyWithUsage, requestsPerMinute: number | null) {
  const { id, name, hint, scopes, requests, errors, latencies } = key;
  return {
    id,
    name,
    hint,
    scopes,
    user_id: key.userId,
    created_at: key.createdAt.toISOString(),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    revoked_at: key.revokedAt?.toISOString() ?? null,
    requests,
    errors,
    latency_p50_ms: percentileOf(latencies, 0.5),
    latency_p95_ms: percentileOf(latencies, 0.95),
    limits: {
      requests_per_minute: requestsPerMinute,
      requests_left: leftOf(requestsPerMinute, key.requestsThisMinute),
    },
  };
}
