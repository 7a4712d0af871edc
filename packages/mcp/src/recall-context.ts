import { estimateTokens } from "@memlane/core/internal";
import { describeMemory } from "./describe-memory.ts";
import { scopeOf, type MemoryAccess } from "./memory-access.ts";

/** A text for a prompt, and the ids of the memories in it. */
export interface RecalledContext {
  readonly text: string;
  readonly memoryIds: readonly string[];
}

/** How many memories of each kind are considered. */
const depth = 30;

/**
 * The facts and the words of earlier conversations that matter for a question, as Markdown of at most `tokenBudget`
 * tokens. Facts get up to half of it, so that both kinds have room. Does not use `GET /v1/context`, because its
 * lines do not name the conversation or the agent that a memory comes from.
 */
export async function recallContext(
  access: MemoryAccess,
  { query, tokenBudget, signal }: { query: string; tokenBudget: number; signal?: AbortSignal | undefined },
): Promise<RecalledContext> {
  const { memories } = access.client;
  const search = (include: ("fact" | "episode")[]) =>
    memories.search({ ...scopeOf(access), query, include, limit: depth, mode: "retrieve" }, { signal });
  const [facts, episodes] = await Promise.all([search(["fact"]), search(["episode"])]);
  const known = section("## Known facts", facts.data, tokenBudget / 2);
  const said = section("## From earlier conversations", episodes.data, tokenBudget - known.tokens);
  return {
    text: [...known.lines, ...said.lines].join("\n"),
    memoryIds: [...known.memoryIds, ...said.memoryIds],
  };
}

function section(title: string, memories: Parameters<typeof describeMemory>[0][], mostTokens: number) {
  const lines: string[] = [];
  const memoryIds: string[] = [];
  let tokens = estimateTokens(title) + 1;
  for (const memory of memories) {
    const { fields } = describeMemory(memory);
    const since = fields.since === undefined ? "" : `true since ${fields.since}; `;
    const line = `- ${fields.text} (${fields.date}; ${since}${fields.source})`;
    const lineTokens = estimateTokens(line) + 1;
    if (tokens + lineTokens > mostTokens) break;
    tokens += lineTokens;
    lines.push(line);
    memoryIds.push(fields.id);
  }
  return lines.length === 0
    ? { lines, memoryIds, tokens: 0 }
    : { lines: [title, ...lines], memoryIds, tokens };
}
