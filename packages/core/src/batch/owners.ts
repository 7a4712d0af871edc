// The users and the agents of an organisation.
import * as z from "zod/mini";
import { count, textOrNull } from "../dialect/answer-fields.ts";

const activity = {
  /** Active memories that are no facts. */
  memories: count,
  /** Active facts. */
  facts: count,
  /** Conversations that are kept message by message; absent if the server does not send it. */
  episodes: z.optional(count),
  /** When the newest active one was stored, in ISO 8601; null if there is none. */
  last_active: textOrNull,
};

/** A user with active memories, facts or episodes. */
export const userWire = z.object({ user_id: z.string(), ...activity });
/** A user in the wire format. */
export interface UserWire extends z.output<typeof userWire> {}

/** A page of users. The most recently active user comes first. */
export const userPageWire = z.object({
  users: z.array(userWire),
  /** How many users there are on all pages. */
  total: count,
});
/** A page of users in the wire format. */
export interface UserPageWire extends z.output<typeof userPageWire> {}

/** An agent with memories or conversations. */
export const agentWire = z.object({ agent_id: z.string(), ...activity });
/** An agent in the wire format. */
export interface AgentWire extends z.output<typeof agentWire> {}

/** A page of agents. The most recently active agent comes first. */
export const agentPageWire = z.object({
  agents: z.array(agentWire),
  total: count,
  /** How many agents the organisation may have; 0 means any number. */
  cap: count,
  /** How many agents with memories it has. */
  used: count,
});
/** A page of agents in the wire format. */
export interface AgentPageWire extends z.output<typeof agentPageWire> {}
