import type { MemlaneError } from "@memlane/core";
import type { Limits } from "../store/limits.ts";
import { agentCapReached, quotaReached } from "./refusals.ts";

/** What an organisation has stored. */
export interface WriteStanding {
  /** Memories of this month; 0 where there is no quota. */
  readonly writes: number;
  /** What unfinished batches, which were accepted as a whole, may still store; 0 where there is no quota. */
  readonly promisedWrites: number;
  /** Agents that have memories; 0 where there is no cap. */
  readonly agents: number;
  /** Those of the agents in question that have memories. */
  readonly knownAgents: ReadonlySet<string>;
}

/** Judges in turn what is to be stored for each of these agents: undefined, or why it is refused. */
export function judgeWrites(
  limits: Limits,
  standing: WriteStanding,
  agentIds: readonly (string | null)[],
  nowMs: number,
): (MemlaneError | undefined)[] {
  let { agents } = standing;
  let writes = standing.writes + standing.promisedWrites;
  const known = new Set(standing.knownAgents);
  return agentIds.map((agentId) => {
    if (limits.writesPerMonth !== null && writes >= limits.writesPerMonth)
      return quotaReached(limits.writesPerMonth, nowMs);
    if (agentId !== null && !known.has(agentId)) {
      if (limits.agents !== null && agents >= limits.agents) return agentCapReached(limits.agents);
      known.add(agentId);
      agents += 1;
    }
    writes += 1;
    return undefined;
  });
}
