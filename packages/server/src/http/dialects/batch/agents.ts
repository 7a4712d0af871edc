import { MemlaneError } from "@memlane/core";
import { agentErasureWire, agentListQueryWire, agentPageWire, type AuditId } from "@memlane/core/internal";
import { eraseOwner } from "../../../memories/erase-owner.ts";
import { hasAgent } from "../../../store/erase-memories.ts";
import { listAgents } from "../../../store/owners.ts";
import { nameOfPath } from "../../ids.ts";
import { route, type Route } from "../../route.ts";
import type { ServiceContext } from "../../service-context.ts";
import { printActivity, printReceipt } from "./owners.ts";

/** Routes that list agents and erase them. */
export function createAgentRoutes({ newId, signals, limitsOf }: ServiceContext): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/agents",
      operationId: "listAgents",
      summary:
        "A page of agents with memories or conversations, and how many agents with memories the organisation has and may have.",
      scope: "memories:read",
      audit: "read",
      query: agentListQueryWire,
      answers: { 200: { description: "The page.", schema: agentPageWire } },
      errors: [],
      async handle({ orgId, database, query }) {
        const { owners, total, withMemories } = await listAgents(database, orgId, query);
        const { agents: cap } = await limitsOf(orgId);
        const agents = owners.map((owner) => ({ agent_id: owner.name, ...printActivity(owner) }));
        const body = { agents, total, cap: cap ?? 0, used: withMemories };
        return { status: 200, body, audited: { meta: { agents: agents.length } } };
      },
    }),
    route({
      method: "DELETE",
      path: "/v1/agents/:agent_id",
      operationId: "eraseAgent",
      summary:
        "Erase everything that an agent has stored, for good. Its jobs that have not ended are cancelled, and it no longer " +
        "counts as an agent.",
      scope: "memories:write",
      audit: "erase",
      answers: { 200: { description: "What was erased.", schema: agentErasureWire } },
      errors: ["invalid_request", "not_found"],
      async handle({ orgId, database, params, ip, sentBy }) {
        const name = nameOfPath(params, "agent_id");
        if (!(await hasAgent(database, orgId, name))) {
          const message = `No agent namespace '${name}' in this project.`;
          throw new MemlaneError({ code: "not_found", message });
        }
        const id = newId() as AuditId;
        const scope = { kind: "agent", name } as const;
        const erasure = { database, orgId, id, scope, ip, sentBy, onChanged: signals.announceAll };
        const report = await eraseOwner(erasure);
        const body = { agent_id: name, ...printReceipt(id, report), slot_freed: report.isFinished };
        return { status: 200, body, audited: null };
      },
    }),
  ];
}
