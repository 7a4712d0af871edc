import { memoryIds } from "@memlane/core";
import { eventListQueryWire, eventListWire } from "@memlane/core/internal";
import { countProcessing, listWrites } from "../../../store/mined-memories.ts";
import { route, type Route } from "../../route.ts";

/** The route that lists what clients wrote, and whether its facts are mined. */
export function createEventRoutes(): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/events",
      operationId: "listEvents",
      summary: "The memories that were written, newest first, and whether their facts are mined.",
      scope: "memories:read",
      actsFor: "query",
      query: eventListQueryWire,
      answers: { 200: { description: "The writes.", schema: eventListWire } },
      errors: [],
      async handle({ orgId, database, query: { user_id: userId, status, limit } }) {
        const [writes, processing] = await Promise.all([
          listWrites(database, orgId, { userId, status }, limit),
          countProcessing(database, orgId, userId),
        ]);
        const events = writes.map((write) => ({
          memory_id: memoryIds.print(write.id),
          user_id: write.userId,
          agent_id: write.agentId,
          status: write.status,
          created_at: write.createdAt.toISOString(),
        }));
        return { status: 200, body: { events, processing } };
      },
    }),
  ];
}
