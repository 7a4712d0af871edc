// How agents get and delete an organisation of their own, on a server that allows it.
import { MemlaneError } from "@memlane/core";
import {
  accountDeletionQueryWire,
  accountDeletionWire,
  signupRequestWire,
  signupWire,
} from "@memlane/core/internal";
import { createKey } from "../../../keys/create-key.ts";
import { eraseOwner } from "../../../memories/erase-owner.ts";
import { scopes } from "../../../store/api-keys.ts";
import { hasSignedUp, insertSignedUpOrg } from "../../../store/orgs.ts";
import { route, type Route } from "../../route.ts";
import type { ServiceContext } from "../../service-context.ts";
import { selfHosted } from "./ping.ts";

/** Routes for agents that sign up. None if the server does not allow it. */
export function createAccountRoutes(context: ServiceContext): Route[] {
  const { database: shared, selfService, countRequest, limitsOf, newId, signals, audit } = context;
  if (selfService.mode === "off") return [];
  return [
    route({
      method: "POST",
      path: "/v1/agents/init",
      operationId: "signUp",
      summary: "Create an organisation with a key. The key is shown only here.",
      scope: "public",
      body: signupRequestWire,
      answers: { 201: { description: "The new key.", schema: signupWire } },
      errors: ["signup_disabled", "signup_rate_limited"],
      async handle({ body: { agent_caller }, ip }) {
        if (selfService.mode === "paused") {
          const message = "this server creates no organisations at the moment";
          throw new MemlaneError({ code: "signup_disabled", message });
        }
        const { isOver, resetMs } = await countRequest("signups", selfService.signupsPerMinute);
        if (isOver) {
          const message = `this server creates at most ${selfService.signupsPerMinute} organisations a minute`;
          throw new MemlaneError({ code: "signup_rate_limited", message, retryAfterMs: resetMs });
        }
        const orgId = `agent_${newId().replaceAll("-", "")}`;
        const { id, key } = await shared.transaction(async (sql) => {
          await insertSignedUpOrg(sql, orgId);
          return createKey(sql, orgId, agent_caller ?? "signup", scopes);
        });
        const event = { orgId, actor: "rest", result: "ok", ip } as const;
        audit({ ...event, action: "tenant_create", targetId: orgId });
        audit({ ...event, action: "key_create", targetId: id });
        const { writesPerMonth, agents } = await limitsOf(orgId);
        const quotas = {
          writes_per_month: writesPerMonth ?? 0,
          queries_per_month: 0,
          agents: agents ?? 0,
        };
        return { status: 201, body: { api_key: key, ...selfHosted, scopes, quotas } };
      },
    }),
    route({
      method: "DELETE",
      path: "/v1/account",
      operationId: "deleteAccount",
      summary: "Delete an organisation that signed up, with everything that it has stored and all its keys.",
      scope: "memories:write",
      query: accountDeletionQueryWire,
      answers: { 200: { description: "It is deleted.", schema: accountDeletionWire } },
      errors: ["confirmation_required", "account_has_login"],
      async handle({ orgId, database, query: { confirm }, ip, sentBy }) {
        if (!confirm) {
          const message = "this deletes everything: send confirm=true";
          throw new MemlaneError({ code: "confirmation_required", message });
        }
        if (!(await hasSignedUp(database, orgId))) {
          const message =
            "the operator of this server created this organisation, so only the operator can delete it";
          throw new MemlaneError({ code: "account_has_login", message });
        }
        const scope = { kind: "organisation", name: null } as const;
        const erasure = { database, orgId, id: newId(), scope, ip, sentBy, onChanged: signals.announceAll };
        const { counts } = await eraseOwner(erasure);
        const removed = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
        return { status: 200, body: { deleted: true, removed } };
      },
    }),
  ];
}
