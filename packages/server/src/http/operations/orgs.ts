import { orgListQueryWire, orgPageWire } from "@memlane/core/internal";
import { pageOrgs } from "../../store/orgs.ts";
import { route, type Route } from "../route.ts";

/** The route that lists organisations. */
export function createOrgsRoute(): Route {
  return route({
    method: "GET",
    path: "/v1/orgs",
    operationId: "listOrgs",
    summary:
      "A page of all organisations in the order of their ids; send `next_cursor` as `cursor` for the next page.",
    scope: "operator",
    query: orgListQueryWire,
    answers: { 200: { description: "The page.", schema: orgPageWire } },
    errors: [],
    async handle({ database, query: { cursor, limit } }) {
      const found = await pageOrgs(database, { limit: limit + 1, after: cursor });
      const orgs = found.slice(0, limit);
      const hasMore = found.length > limit;
      const body = {
        object: "list",
        data: orgs.map(({ id, createdAt }) => ({ id, created_at: createdAt.toISOString() })),
        has_more: hasMore,
        next_cursor: hasMore ? orgs.at(-1)!.id : null,
      };
      return { status: 200, body };
    },
  });
}
