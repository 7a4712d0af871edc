import { factIds, memoryIds } from "@memlane/core";
import { contextQueryWire, contextWire } from "@memlane/core/internal";
import { listProfileFacts } from "../../../store/facts.ts";
import { auditedRead } from "../../audited-read.ts";
import { route, type Route } from "../../route.ts";
import type { ServiceContext } from "../../service-context.ts";
import { composeContext } from "./compose-context.ts";
import { readPart } from "./context-part.ts";

// More would not fit into the largest budget.
const mostFacts = 400;
const mostMemories = 100;

/** How long reading the facts may take, and how long reading the memories may take, in milliseconds. */
const timeoutMs = 2000;

/** The route that composes a text for a prompt. */
export function createContextRoutes({ search, log }: ServiceContext): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/context",
      operationId: "getContext",
      summary: "Facts, and memories that match a query, as a text for a prompt within a budget of tokens.",
      scope: "memories:read",
      actsFor: "query",
      audit: "read",
      query: contextQueryWire,
      answers: { 200: { description: "The text.", schema: contextWire } },
      errors: [],
      async handle({ orgId, database, query: { query, token_budget: budget, ...scope }, signal }) {
        const filter = { userId: scope.user_id, agentId: scope.agent_id, onlyActive: true } as const;
        const reading = { sql: database, log, timeoutMs, signal };
        const [facts, memories] = await Promise.all([
          readPart(reading, (sql) => listProfileFacts(sql, orgId, filter, mostFacts)),
          readPart(reading, async (sql, ending) => {
            const found = await search(sql, { orgId, filter, query, limit: mostMemories }, ending);
            return found.memories;
          }),
        ]);
        const isOfOneUser = scope.user_id !== undefined;
        const body = composeContext({ facts, memories, query, budget, isOfOneUser });
        const isShown = new Set(body.sources);
        // A search may find a fact again.
        const ids = new Set([...(facts ?? []), ...(memories ?? [])].map(({ id }) => id));
        const read = [...ids].map((id) => ({ id }));
        return {
          status: 200,
          body,
          audited: auditedRead(
            read.filter(({ id }) => isShown.has(memoryIds.print(id))),
            scope.user_id,
            read.filter(({ id }) => isShown.has(factIds.print(id))),
          ),
        };
      },
    }),
  ];
}
