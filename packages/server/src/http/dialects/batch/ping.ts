import { pingWire } from "@memlane/core/internal";
import { route, type Route } from "../../route.ts";

/** What a self-hosted server sends as the vendor's plan and as its region. */
export const selfHosted = { tier: "hobby", region: "self-hosted" } as const;

/** The route that checks a key. */
export function createPingRoute(): Route {
  return route({
    method: "GET",
    path: "/v1/ping",
    operationId: "ping",
    summary: "Whether the key is valid, and what it may do. Counts toward no limit.",
    scope: "any key",
    actsFor: "nobody",
    answers: { 200: { description: "The key is valid.", schema: pingWire } },
    errors: [],
    handle: async ({ scopes }) => ({ status: 200, body: { ok: true, ...selfHosted, scopes } }),
  });
}
