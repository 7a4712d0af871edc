import type { Client } from "@memlane/core";
import type { CallModelInputFilter, Session } from "@openai/agents";
import { createTurnMemory, type SpokenMessage, type TurnMemoryOptions } from "../ai/turn-memory.ts";
import { spokenMessage } from "./spoken-message.ts";

/** Options for `run` or a `Runner`. */
export interface MemoryRunOptions {
  /** Keeps the history where it was kept before, and sends each turn to the server. */
  readonly session: Session;
  /** Adds memories to the instructions of the agent, for one call of its model. */
  readonly callModelInputFilter: CallModelInputFilter;
}

/**
 * Options with which an agent remembers. Before it answers, its instructions get the memories that match the user's last message.
 * After it answers, the turn is sent to the server, in the conversation with the session's id. The agent answers without memories if the
 * server does not.
 *
 * @example
 * import { withMemory } from "@memlane/sdk-node/openai-agents";
 * import { Agent, MemorySession, run } from "@openai/agents";
 *
 * const agent = new Agent({ name: "Assistant", instructions: "Be brief." });
 * const memory = withMemory(new MemorySession(), client, { userId: "ann" });
 * const { finalOutput } = await run(agent, "Where do I live?", memory);
 */
export function withMemory(
  session: Session,
  client: Pick<Client, "context" | "memories">,
  options: TurnMemoryOptions,
): MemoryRunOptions {
  const { recall, remember } = createTurnMemory(client, options);
  let unsent: SpokenMessage[] = [];

  return {
    session: {
      getSessionId: () => session.getSessionId(),
      getItems: (limit) => session.getItems(limit),
      popItem: () => session.popItem(),
      clearSession: () => session.clearSession(),
      async addItems(items) {
        await session.addItems(items);
        // A compacted history was said before.
        if (items.some(({ type }) => type === "compaction")) return;
        const spoken = items.map(spokenMessage);
        unsent.push(...spoken.filter((message) => message !== undefined));
        if (spoken.at(-1)?.role !== "assistant") return;
        const turn = unsent;
        unsent = [];
        remember(await session.getSessionId(), turn);
      },
    },

    async callModelInputFilter({ modelData }) {
      const spoken = modelData.input.map(spokenMessage);
      const question = spoken.findLast((message) => message?.role === "user");
      if (question === undefined) return modelData;
      const isContinued = spoken.at(-1)?.role !== "user";
      const memories = await recall({ text: question.content, isContinued });
      if (memories === "") return modelData;
      return { ...modelData, instructions: [modelData.instructions ?? "", memories].join("\n\n").trim() };
    },
  };
}
