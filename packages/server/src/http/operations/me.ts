import { meWire } from "@memlane/core/internal";
import { route, type Route } from "../route.ts";
import { pageOrgs } from "../../store/orgs.ts";

const mostOrgs = 1000;

/** The route that shows the caller's organisation and key. */
export function createMeRoute(): Route {
  return route({
    method: "GET",
    path: "/v1/me",
    operationId: "getMe",
    summary: "The organisation and the key of this request. It counts toward no limit.",
    scope: "any key",
    actsFor: "nobody",
    answers: { 200: { description: "The caller.", schema: meWire } },
    errors: [],
    async handle({ orgId, key, scopes, database }) {
      const { id, name, userId } = key!;
      const body = { org_id: orgId, key: { id, name, scopes, user_id: userId } };
      if (!scopes.includes("operator")) return { status: 200, body };
      const orgs = await pageOrgs(database, { limit: mostOrgs });
      return { status: 200, body: { ...body, org_ids: orgs.map((org) => org.id) } };
    },
  });
}
