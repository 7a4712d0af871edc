// The tools of Korely's MCP server, for agents that know them. Each answers one text.
import type { Client, FactWire } from "@memlane/core";
import { McpServer, type CallToolResult } from "@modelcontextprotocol/server";
import * as z from "zod";
import { version } from "../version.ts";
import { describeFact } from "./describe-fact.ts";

/** The calls that the tools need. */
export type KorelyClient = Pick<Client, "memories" | "facts" | "context">;

const name = z.string().max(255).nullish();
const user = name.describe("The user. Without one: everybody whom the key may reach.");
const limitOf = (usual: number, most: number) => z.number().int().min(1).max(most).default(usual);
const reading = { readOnlyHint: true, openWorldHint: false } as const;

/**
 * An MCP server with the tools of Korely's. Unlike Memlane's own tools, they take the user as an argument, so the model can choose
 * any user that the client's key may reach.
 */
export function createKorelyServer({ memories, facts, context }: KorelyClient): McpServer {
  const server = new McpServer(
    { name: "memlane", title: "Memlane", version },
    { capabilities: { tools: { listChanged: false } } },
  );
  server.registerTool(
    "korely_add",
    {
      description: "Store a memory, and find the facts in it.",
      inputSchema: z.object({
        content: z.string().min(1).max(16_000),
        user_id: name,
        agent_id: name,
        run_id: name,
        timestamp: z.string().nullish().describe("When it happened, in ISO 8601."),
      }),
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
    },
    (memory, { mcpReq: { signal } }) =>
      answer(async () => {
        const { id } = await memories.create(memory, { signal });
        const found = await factsOf(memories, id, signal);
        const lines = found.map((fact) => `  · ${describeFact(fact, new Date())}`);
        return [
          `Stored ${id}.`,
          ...(lines.length === 0 ? [] : [`Extracted ${lines.length} fact(s):`, ...lines]),
        ].join("\n");
      }),
  );
  server.registerTool(
    "korely_search",
    {
      description: "Find the memories that match a query, best first.",
      inputSchema: z.object({ query: z.string().min(1).max(2000), user_id: user, limit: limitOf(15, 50) }),
      annotations: reading,
    },
    (request, { mcpReq: { signal } }) =>
      answer(async () => {
        const { results } = await memories.searchWritten(request, { signal });
        const lines = results.map(({ id, score, snippet }) => `[${score.toFixed(3)}] ${snippet}  (${id})`);
        return lines.join("\n") || "no matches.";
      }),
  );
  server.registerTool(
    "korely_get_facts",
    {
      description: "List facts: who does what to what, and when that was true.",
      inputSchema: z.object({
        user_id: user,
        entity: z.string().nullish().describe("The subject or the object."),
        subject: z.string().nullish(),
        predicate_family: z.string().nullish().describe("Such as location or employment."),
        as_of: z.string().nullish().describe("Facts that were true at this time, in ISO 8601."),
        include_invalidated: z.boolean().default(false).describe("Also facts that are no longer true."),
        limit: limitOf(50, 200),
      }),
      annotations: reading,
    },
    ({ user_id, entity, subject, predicate_family, as_of, ...page }, { mcpReq: { signal } }) =>
      answer(async () => {
        const query = {
          user_id: user_id ?? undefined,
          entity: entity ?? undefined,
          subject: subject ?? undefined,
          predicate_family: predicate_family ?? undefined,
          as_of: as_of ?? undefined,
          ...page,
        };
        const { facts: found } = await facts.listPage(query, { signal });
        if (found.length === 0) return as_of ? `no facts. (as of ${as_of})` : "no facts.";
        const lines = found.map((fact) => `- ${describeFact(fact, new Date())}`);
        return [...(query.as_of === undefined ? [] : [`# facts as of ${query.as_of}`]), ...lines].join("\n");
      }),
  );
  server.registerTool(
    "korely_get_context",
    {
      description: "Get one text for a prompt: the known facts, and the memories that match a query.",
      inputSchema: z.object({
        query: z.string().min(1).max(2000),
        user_id: user,
        token_budget: z.number().int().min(50).max(8000).default(800),
      }),
      annotations: reading,
    },
    ({ user_id, ...query }, { mcpReq: { signal } }) =>
      answer(async () => {
        const { context: text } = await context({ user_id: user_id ?? undefined, ...query }, { signal });
        return text || "(nothing remembered yet for this query)";
      }),
  );
  return server;
}

/** The delays before each reading of a memory whose facts are not mined yet: at most 1.5 s together, because an agent waits. */
const delaysMs = [50, 100, 150, 300, 400, 500];

/** The facts of a stored memory. None if they are not found in time or cannot be read, because the memory is stored anyway. */
async function factsOf(
  memories: KorelyClient["memories"],
  id: string,
  signal: AbortSignal,
): Promise<readonly FactWire[]> {
  for (const delayMs of delaysMs) {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (signal.aborted) return [];
    const memory = await memories.getWithFacts(id, { signal }).catch(() => undefined);
    if (memory?.status !== "processing") return memory?.facts ?? [];
  }
  return [];
}

/** The text as the result of a tool; for a failed call, its error. */
async function answer(read: () => Promise<string>): Promise<CallToolResult> {
  try {
    return { content: [{ type: "text", text: await read() }] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { content: [{ type: "text", text: `error: ${message}` }], isError: true };
  }
}
