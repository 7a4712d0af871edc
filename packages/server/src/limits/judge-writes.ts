import type { MemlaneError } from "@memlane/core";
import type { Limits } from "../store/limits.ts";
import type { WriteUsage } from "../store/write-usage.ts";
import { agentCapReached, quotaReached } from "./refusals.ts";

/**
 * Checks one memory for each of these agents against the limits, in order. Returns for each memory
 * the error if it is refused, or else undefined.
 */
export function judgeWrites(
  limits: Limits,
  usage: WriteUsage,
  agentIds: readonly (string | null)[],
  nowMs: number,
): (MemlaneError | undefined)[] {
  let { agents } = usage;
  let writes = usage.writes + usage.promisedWrites;
  const known = new Set(usage.knownAgents);
  return agentIds.map((agentId) => {
    if (limits.writesPerMonth !== null && writes >= limits.writesPerMonth)
      return quotaReached(limits.writesPerMonth, writes, nowMs);
    if (agentId !== null && !known.has(agentId)) {
      if (limits.agents !== null && agents >= limits.agents) return agentCapReached(limits.agents);
      known.add(agentId);
      agents += 1;
    }
    writes += 1;
    return undefined;
  });
}
