import { userErasureWire, userListQueryWire, userPageWire, type AuditId } from "@memlane/core/internal";
import { eraseOwner } from "../../../memories/erase-owner.ts";
import { listUsers } from "../../../store/owners.ts";
import { nameOfPath } from "../../ids.ts";
import { route, type Route } from "../../route.ts";
import type { ServiceContext } from "../../service-context.ts";
import { printActivity, printReceipt } from "./owners.ts";

/** Routes that list users and erase them. */
export function createUserRoutes({ newId, signals }: ServiceContext): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/users",
      operationId: "listUsers",
      summary:
        "A page of users with active memories, facts or episodes; the most recently active user comes first.",
      scope: "memories:read",
      audit: "read",
      query: userListQueryWire,
      answers: { 200: { description: "The page.", schema: userPageWire } },
      errors: [],
      async handle({ orgId, database, query: { agent_id, ...page } }) {
        const { owners, total } = await listUsers(database, orgId, agent_id, page);
        const users = owners.map((owner) => ({ user_id: owner.name, ...printActivity(owner) }));
        return { status: 200, body: { users, total }, audited: { meta: { users: users.length } } };
      },
    }),
    route({
      method: "DELETE",
      path: "/v1/users/:user_id/memories",
      operationId: "eraseUser",
      summary:
        "Erase everything of a user for good: memories, facts, messages, the texts in jobs, and webhook deliveries. Jobs of the " +
        "user that have not ended are cancelled. What is sent later is stored again.",
      scope: "memories:write",
      actsFor: "path",
      audit: "erase",
      answers: {
        200: { description: "What was erased; zeros if there is no such user.", schema: userErasureWire },
      },
      errors: ["invalid_request"],
      async handle({ orgId, database, params, ip, sentBy }) {
        const name = nameOfPath(params, "user_id");
        const id = newId() as AuditId;
        const scope = { kind: "user", name } as const;
        const erasure = { database, orgId, id, scope, ip, sentBy, onChanged: signals.announceAll };
        const report = await eraseOwner(erasure);
        const receipt = printReceipt(id, report);
        return {
          status: 200,
          body: {
            user_id: name,
            ...receipt,
            memories_forgotten: receipt.memories_deleted,
            facts_invalidated: receipt.facts_deleted,
            erasure: "permanent",
          },
          audited: null,
        };
      },
    }),
  ];
}
