import { parseTimestamp, printProfile, profileQueryWire, profileWire } from "@memlane/core/internal";
import { countFacts, listProfileFacts } from "../../../store/facts.ts";
import { auditedRead } from "../../audited-read.ts";
import { route, type Route } from "../../route.ts";

const mostFacts = 200;

/** The route that reads a user's profile. */
export function createProfileRoutes(): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/profile",
      operationId: "getProfile",
      summary: "What is true about a user now, or was true at `as_of`, by kind.",
      scope: "memories:read",
      actsFor: "query",
      audit: "read",
      query: profileQueryWire,
      answers: { 200: { description: "The profile.", schema: profileWire } },
      errors: [],
      async handle({ orgId, database, query: { user_id: userId, agent_id: agentId, as_of } }) {
        const asOf = as_of === undefined ? undefined : parseTimestamp(as_of);
        const filter = { userId, agentId, asOf };
        const [facts, total] = await Promise.all([
          listProfileFacts(database, orgId, filter, mostFacts),
          countFacts(database, orgId, filter),
        ]);
        return {
          status: 200,
          body: printProfile({ userId, asOf, facts, total }),
          audited: auditedRead([], userId, facts),
        };
      },
    }),
  ];
}
