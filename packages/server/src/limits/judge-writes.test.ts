import fc from "fast-check";
import { expect, test } from "vitest";
import { noLimits } from "../store/limits.ts";
import type { WriteUsage } from "../store/write-usage.ts";
import { judgeWrites } from "./judge-writes.ts";

const agentName = fc.constantFrom("a", "b", "c", "d", "e");
const cap = fc.option(fc.integer({ min: 1, max: 8 }));
const cases = fc.record({
  limits: fc.record({ writesPerMonth: cap, agents: cap }).map((some) => ({ ...noLimits, ...some })),
  usage: fc.record<WriteUsage>({
    writes: fc.nat(8),
    promisedWrites: fc.nat(4),
    agents: fc.nat(8),
    knownAgents: fc.uniqueArray(agentName).map((names) => new Set(names)),
  }),
  agentIds: fc.array(fc.option(agentName), { maxLength: 20 }),
});

test("a write is refused if, and only if, it would exceed a limit", () =>
  fc.assert(
    fc.property(cases, ({ limits, usage, agentIds }) => {
      const refusals = judgeWrites(limits, usage, agentIds, 0);
      let writes = usage.writes + usage.promisedWrites;
      const agents = new Set(usage.knownAgents);
      agentIds.forEach((agentId, index) => {
        const isFull = limits.writesPerMonth !== null && writes >= limits.writesPerMonth;
        const known = usage.agents + agents.size - usage.knownAgents.size;
        const isNew = agentId !== null && !agents.has(agentId);
        const isOneTooMany = isNew && limits.agents !== null && known >= limits.agents;
        const code = isFull ? "quota_exceeded" : isOneTooMany ? "agent_cap_exceeded" : undefined;
        expect(refusals[index]?.code).toBe(code);
        if (code !== undefined) return;
        writes += 1;
        if (agentId !== null) agents.add(agentId);
      });
    }),
  ));

test("errors are worded as in the API; the quota's error has its numbers and its reset in UTC", () => {
  const usage = { writes: 25_000, promisedWrites: 0, agents: 3, knownAgents: new Set<string>() };
  const judge = (limits: object, nowMs: number) =>
    judgeWrites({ ...noLimits, ...limits }, usage, ["new"], nowMs)[0];
  const lastMinute = Date.parse("2026-12-31T23:59:00Z");
  expect(judge({ writesPerMonth: 25_000 }, lastMinute)).toMatchObject({
    message: "monthly write quota reached (25000)",
    quota: { limit: 25_000, used: 25_000, resetsAt: new Date("2027-01-01T00:00:00Z") },
    retryAfterMs: undefined,
  });
  expect(judge({ agents: 3 }, lastMinute)).toMatchObject({ message: "agent cap reached (3)" });
});
