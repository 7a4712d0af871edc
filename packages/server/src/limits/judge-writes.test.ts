import fc from "fast-check";
import { expect, test } from "vitest";
import { noLimits } from "../store/limits.ts";
import type { WriteStanding } from "../store/write-standing.ts";
import { judgeWrites } from "./judge-writes.ts";

const agentName = fc.constantFrom("a", "b", "c", "d", "e");
const cap = fc.option(fc.integer({ min: 1, max: 8 }));
const cases = fc.record({
  limits: fc.record({ writesPerMonth: cap, agents: cap }).map((some) => ({ ...noLimits, ...some })),
  standing: fc.record<WriteStanding>({
    writes: fc.nat(8),
    promisedWrites: fc.nat(4),
    agents: fc.nat(8),
    knownAgents: fc.uniqueArray(agentName).map((names) => new Set(names)),
  }),
  agentIds: fc.array(fc.option(agentName), { maxLength: 20 }),
});

test("what is stored never takes an organisation past a limit, and nothing is refused that would not", () =>
  fc.assert(
    fc.property(cases, ({ limits, standing, agentIds }) => {
      const refusals = judgeWrites(limits, standing, agentIds, 0);
      let writes = standing.writes + standing.promisedWrites;
      const agents = new Set(standing.knownAgents);
      agentIds.forEach((agentId, index) => {
        const isFull = limits.writesPerMonth !== null && writes >= limits.writesPerMonth;
        const known = standing.agents + agents.size - standing.knownAgents.size;
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

test("the sentences are those of the wire, and a quota says when the next month begins, by UTC", () => {
  const standing = { writes: 25_000, promisedWrites: 0, agents: 3, knownAgents: new Set<string>() };
  const judge = (limits: object, nowMs: number) =>
    judgeWrites({ ...noLimits, ...limits }, standing, ["new"], nowMs)[0];
  const lastMinute = Date.parse("2026-12-31T23:59:00Z");
  expect(judge({ writesPerMonth: 25_000 }, lastMinute)).toMatchObject({
    message: "monthly write quota reached (25000)",
    retryAfterMs: 60_000,
  });
  expect(judge({ agents: 3 }, lastMinute)).toMatchObject({ message: "agent cap reached (3)" });
});
