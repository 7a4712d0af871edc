import { agentErasureWire, type AgentErasureWire } from "../batch/erasure.ts";
import { agentPageWire, type AgentPageWire, type AgentWire } from "../batch/owners.ts";
import type { AgentListQuery } from "../batch/owner-queries.ts";
import type { Caller, CallOptions } from "./call.ts";
import { promiseBody, type CallPromise } from "./call-promise.ts";
import { itemsOfOffsets } from "./offset-pages.ts";

/** The agents of an organisation. */
export interface Agents {
  /** Every agent with memories; reads the next page when it is needed. */
  list(query?: AgentListQuery, options?: CallOptions): AsyncGenerator<AgentWire, void, undefined>;
  /** One page, with how many agents the organisation has and may have. */
  listPage(query?: AgentListQuery, options?: CallOptions): CallPromise<AgentPageWire>;
  /** Erases everything that an agent has stored, for good. @throws MemlaneError `not_found` */
  erase(agentId: string, options?: CallOptions): CallPromise<AgentErasureWire>;
}

const path = "/v1/agents";

// A large erasure may take the server 20 s.
const eraseTimeoutMs = 60_000;

/** Agent calls for this client's credentials. */
export function createAgents(call: Caller): Agents {
  const listPage: Agents["listPage"] = (query = {}, options = {}) =>
    promiseBody(call({ method: "GET", path, query: { ...query }, ...options }), agentPageWire);
  return {
    list: (query = {}, options = {}) =>
      itemsOfOffsets(query, async (page) => {
        const { agents, total } = await listPage(page, options);
        return { items: agents, total };
      }),
    listPage,
    erase: (id, { timeoutMs = eraseTimeoutMs, ...options } = {}) =>
      promiseBody(call({ method: "DELETE", path, id, timeoutMs, ...options }), agentErasureWire),
  };
}
