import type { MemlaneError } from "@memlane/core";
import type { Limits } from "../store/limits.ts";
import type { WriteStanding } from "../store/write-standing.ts";
import { agentCapReached, quotaReached } from "./refusals.ts";

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
