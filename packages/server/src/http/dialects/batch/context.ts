import { createHash } from "node:crypto";
import { factIds, memoryIds } from "@memlane/core";
import {
  contextQueryWire,
  contextWire,
  estimateTokens,
  selfName,
  type ContextPart,
  type Fact,
  type Memory,
} from "@memlane/core/internal";
import { listProfileFacts } from "../../../store/facts.ts";
import { auditedRead } from "../../audited-read.ts";
import { route, type Route } from "../../route.ts";
import type { ServiceContext } from "../../service-context.ts";
import { readPart } from "./context-part.ts";
import { fillSection, type SectionLine } from "./context-section.ts";
import { snippetOf } from "./snippet.ts";

// The largest budget has no room for more.
const mostFacts = 400;
const mostMemories = 100;

/** How long the facts, and the memories, may take. */
const timeoutMs = 2000;

/** A memory with more characters is shortened. */
const longestMemory = 600;

/** The route that composes a text for a prompt. */
export function createContextRoutes({ search, log }: ServiceContext): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/context",
      operationId: "getContext",
      summary: "Facts, and memories that match a query, as a text for a prompt within a budget of tokens.",
      scope: "memories:read",
      actsFor: "query",
      audit: "read",
      query: contextQueryWire,
      answers: { 200: { description: "The text.", schema: contextWire } },
      errors: [],
      async handle({ orgId, database, query: { query, token_budget: budget, ...scope }, signal }) {
        const filter = { userId: scope.user_id, agentId: scope.agent_id, status: "active" } as const;
        const reading = { sql: database, log, timeoutMs, signal };
        const [facts, memories] = await Promise.all([
          readPart(reading, (sql) => listProfileFacts(sql, orgId, filter, mostFacts)),
          readPart(reading, async (sql, ending) => {
            const found = await search(sql, { orgId, filter, query, limit: mostMemories }, ending);
            return found.memories;
          }),
        ]);
        const missing: ContextPart[] = [];
        if (facts === undefined) missing.push("facts");
        if (memories === undefined) missing.push("memories");
        const note =
          missing.length === 0 ? "" : `Note: the ${missing.join(" and ")} could not be read in time.`;

        const isOfOne = scope.user_id !== undefined;
        const known = fillSection(
          "## Known facts",
          (facts ?? []).map((fact) => lineOfFact(fact, isOfOne)),
          Math.floor(budget / 2),
        );
        const shown = new Set(known.sources);
        const others = (memories ?? []).filter(({ id }) => !shown.has(factIds.print(id)));
        // One token for each blank line.
        const room = budget - estimateTokens(known.text) - estimateTokens(note) - 2;
        const remembered = fillSection(
          "## Relevant memories",
          others.map((memory) => lineOfMemory(memory, query)),
          room,
        );
        const stable = known.text;
        const volatile = joined(remembered.text, note);
        const context = joined(stable, volatile);
        const isShown = new Set([...known.sources, ...remembered.sources]);
        const shownFacts = [...(facts ?? []), ...others].filter(({ id }) => isShown.has(factIds.print(id)));
        const shownMemories = others.filter(({ id }) => isShown.has(memoryIds.print(id)));
        return {
          status: 200,
          audited: auditedRead(shownMemories, scope.user_id, shownFacts),
          body: {
            context,
            tokens: estimateTokens(context),
            sources: [...known.sources, ...remembered.sources],
            stable,
            volatile,
            stable_hash: createHash("sha256").update(stable).digest("hex"),
            degraded: missing.length > 0,
            degraded_parts: missing,
          },
        };
      },
    }),
  ];
}

/** `isOfOne`: whether all facts are about the same user. Else the user is named. */
function lineOfFact(fact: Fact, isOfOne: boolean): SectionLine {
  const subject = isOfOne || fact.subject !== selfName ? fact.subject : (fact.userId ?? fact.subject);
  const said = onOneLine(`${subject} ${fact.predicate} ${fact.object}`);
  const plan = fact.tense === "planned" ? " [planned, not done]" : "";
  return { text: `- ${said} (since ${dayOf(fact.validFrom)})${plan}`, source: factIds.print(fact.id) };
}

function lineOfMemory(memory: Memory, query: string): SectionLine {
  const text = memory.text.length <= longestMemory ? memory.text : snippetOf(memory.text, query);
  const saidOn = dayOf(memory.occurredAt ?? memory.createdAt);
  const isFact = memory.type === "fact" && !memory.isVerbatim;
  return {
    text: `- ${onOneLine(text)} (${saidOn})`,
    source: isFact ? factIds.print(memory.id) : memoryIds.print(memory.id),
  };
}

const onOneLine = (text: string) => text.replaceAll(/\s+/g, " ").trim();
const dayOf = (time: Date) => time.toISOString().slice(0, "2026-01-01".length);
const joined = (...parts: readonly string[]) => parts.filter((part) => part !== "").join("\n\n");
