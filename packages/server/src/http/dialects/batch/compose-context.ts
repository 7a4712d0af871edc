import { createHash } from "node:crypto";
import { factIds, memoryIds, type ContextWire } from "@memlane/core";
import { estimateTokens, selfName, type ContextPart, type Fact, type Memory } from "@memlane/core/internal";
import { dayOf } from "../../../base/day-of.ts";
import { fillSection, type SectionLine } from "./context-section.ts";
import { snippetOf } from "../../snippet.ts";

/** A memory with more characters is shortened. */
const longestMemory = 600;

/** What a context is made of. */
interface ContextInput {
  /** Undefined if they could not be read. */
  readonly facts: readonly Fact[] | undefined;
  /** The best first. Undefined if they could not be read. */
  readonly memories: readonly Memory[] | undefined;
  readonly query: string;
  /** The largest number of tokens. */
  readonly budget: number;
  /** Whether all facts are about the same user. Else each line names the user. */
  readonly isOfOneUser: boolean;
}

/** Composes a text for a prompt: facts in up to half of the budget, and memories in the rest. */
export function composeContext({ facts, memories, query, budget, isOfOneUser }: ContextInput): ContextWire {
  const missing: ContextPart[] = [];
  if (facts === undefined) missing.push("facts");
  if (memories === undefined) missing.push("memories");
  const note = missing.length === 0 ? "" : `Note: the ${missing.join(" and ")} could not be read in time.`;

  const known = fillSection(
    "## Known facts",
    (facts ?? []).map((fact) => lineOfFact(fact, isOfOneUser)),
    Math.floor(budget / 2),
  );
  // A fact is a memory, too.
  const isShown = new Set(known.sources);
  const others = (memories ?? []).filter(({ id }) => !isShown.has(factIds.print(id)));
  const remembered = fillSection(
    "## Relevant memories",
    others.map((memory) => lineOfMemory(memory, query)),
    // One token for each blank line.
    budget - estimateTokens(known.text) - estimateTokens(note) - 2,
  );
  const stable = known.text;
  const volatile = joined(remembered.text, note);
  const context = joined(stable, volatile);
  return {
    context,
    tokens: estimateTokens(context),
    sources: [...known.sources, ...remembered.sources],
    stable,
    volatile,
    stable_hash: createHash("sha256").update(stable).digest("hex"),
    degraded: missing.length > 0,
    degraded_parts: missing,
  };
}

function lineOfFact(fact: Fact, isOfOneUser: boolean): SectionLine {
  const subject = isOfOneUser || fact.subject !== selfName ? fact.subject : (fact.userId ?? fact.subject);
  const said = onOneLine(`${subject} ${fact.predicate} ${fact.object}`);
  return { text: `- ${said} ${timesOf(fact)}`, source: factIds.print(fact.id) };
}

/** When a fact is true, so that the reader of a prompt does not take what is over, or only planned, for what is true. */
function timesOf({ tense, validFrom, invalidAt }: Fact): string {
  if (tense === "past")
    return invalidAt === null ? `[past, by ${dayOf(validFrom)}]` : `[past, ended by ${dayOf(invalidAt)}]`;
  const until = invalidAt === null ? "" : ` [until ${dayOf(invalidAt)}]`;
  const plan = tense === "planned" ? " [planned, not done]" : "";
  return `(since ${dayOf(validFrom)})${until}${plan}`;
}

function lineOfMemory(memory: Memory, query: string): SectionLine {
  const text = memory.text.length <= longestMemory ? memory.text : snippetOf(memory.text, query);
  const saidOn = dayOf(memory.occurredAt ?? memory.createdAt);
  const isFact = memory.type === "fact" && !memory.isVerbatim;
  const outdated = memory.status === "active" ? "" : " (no longer so)";
  return {
    text: `- ${onOneLine(text)} (${saidOn})${outdated}`,
    source: isFact ? factIds.print(memory.id) : memoryIds.print(memory.id),
  };
}

const onOneLine = (text: string) => text.replaceAll(/\s+/g, " ").trim();
const joined = (...parts: readonly string[]) => parts.filter((part) => part !== "").join("\n\n");
