import type { Client, IngestMemoryWire } from "@memlane/core";
import { estimateTokens } from "@memlane/core/internal";
import { kindOf } from "../../memories/kind-of.ts";
import { printDay } from "../../parts/print-day.ts";
import type { Question } from "./question.ts";

/** A memory that a search found. */
interface Found {
  readonly id: string;
  readonly text: string;
  /** The words of a message as they were sent. */
  readonly quote: string | undefined;
  /** From 0 to 1; null for a lesson, whose score cannot be compared. */
  readonly score: number | null;
  /** What kind of memory it is, and whose. */
  readonly notes: readonly string[];
}

/** The answer to a search, in the same form for both dialects. */
export interface Answer {
  readonly found: readonly Found[];
  /** The block for a prompt. */
  readonly context: string;
  readonly tokens: number;
  /** How the memories were ranked. */
  readonly ranking: string;
  /** How long the browser waited for it. */
  readonly tookMs: number;
}

/** Searches in the dialect of the question. */
export async function ask(client: Client, question: Question, signal: AbortSignal): Promise<Answer> {
  const startedMs = performance.now();
  const answer = await (question.dialect === "ingest" ? askIngest : askBatch)(client, question, signal);
  return { ...answer, tookMs: performance.now() - startedMs };
}

type Untimed = Omit<Answer, "tookMs">;

const scopeOf = ({ userId, agentId }: Question) => ({
  ...(userId !== "" && { user_id: userId }),
  ...(agentId !== "" && { agent_id: agentId }),
});

async function askIngest({ memories }: Client, question: Question, signal: AbortSignal): Promise<Untimed> {
  const { query, limit } = question;
  const request = { query, limit, ...scopeOf(question), mode: "compose" as const };
  const { data, context, ranking = "text" } = await memories.search(request, { signal });
  return {
    found: data.map((memory) => {
      const { id, text, score, details, user_id: user, agent_id: agent } = memory;
      return {
        id,
        text,
        quote: details?.quote,
        score,
        notes: notesOf(kindOf(memory), saidOf(details), user, agent),
      };
    }),
    context: context ?? "",
    tokens: estimateTokens(context ?? ""),
    ranking,
  };
}

async function askBatch(client: Client, question: Question, signal: AbortSignal): Promise<Untimed> {
  const { query, limit } = question;
  const scope = scopeOf(question);
  const [{ results, ranking = "text" }, { context, tokens }] = await Promise.all([
    client.memories.searchWritten({ query, limit, ...scope }, { signal }),
    client.context({ query, ...scope }, { signal }),
  ]);
  return {
    found: results.map(({ id, snippet, quote, score, user_id: user, agent_id: agent }) => ({
      id,
      text: snippet,
      quote,
      score,
      notes: notesOf(quote && "message", undefined, user, agent),
    })),
    context,
    tokens,
    ranking,
  };
}

function notesOf(
  type: string | undefined,
  said: string | undefined,
  user: string | null,
  agent: string | null,
): readonly string[] {
  const notes = [type, said, user !== null && `user ${user}`, agent !== null && `agent ${agent}`];
  return notes.filter((note) => typeof note === "string");
}

/** Who said it, and on which day. */
function saidOf(details: IngestMemoryWire["details"]): string | undefined {
  const { source_role: speaker, occurred_at: at } = details ?? {};
  if (!speaker) return undefined;
  return `said by ${speaker}${at ? ` on ${printDay(at)}` : ""}`;
}
