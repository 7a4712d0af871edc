import * as z from "zod/mini";
import { filterId } from "../dialect/optional-id.ts";
import { pageQuery } from "./page-query.ts";

/** The query of `GET /v1/users`. */
export const userListQueryWire = z.object({
  /** Counts only what this agent stored. */
  agent_id: filterId,
  ...pageQuery(1000, 50),
});
/** What a client sends to list users. */
export interface UserListQuery extends AgentListQuery {
  /** Counts only what this agent stored. */
  readonly agent_id?: string;
}

/** The query of `GET /v1/agents`. */
export const agentListQueryWire = z.object(pageQuery(1000, 50));
/** What a client sends to list agents. */
export interface AgentListQuery {
  /** Entries per page, 1 to 1000. @default 50 */
  readonly limit?: number;
  readonly offset?: number;
}
