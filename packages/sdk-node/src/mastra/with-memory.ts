import type { Client } from "@memlane/core";
import { createTurnMemory, type SpokenMessage, type WithMemoryOptions } from "../ai/turn-memory.ts";

interface Message {
  readonly role: string;
  readonly content: { readonly parts: readonly { readonly type: string; readonly text?: string }[] };
}
interface SystemMessage {
  readonly role: "system";
  readonly content: string;
}
/** What a processor keeps during one call of an agent. */
type State = Record<string, unknown>;

/** A processor of Mastra. */
export interface MemoryProcessor {
  readonly id: string;
  /** Adds memories to the system messages, which Mastra does not store. */
  readonly processInput: <Given extends Message, System>(call: {
    readonly messages: Given[];
    readonly systemMessages: System[];
    readonly state: State;
  }) => Promise<{ messages: Given[]; systemMessages: (System | SystemMessage)[] }>;
  /** Sends the turn to the server, and changes nothing. */
  readonly processOutputResult: <Given>(call: {
    readonly messages: Given[];
    readonly result: { readonly text: string; readonly finishReason: string };
    readonly state: State;
  }) => Given[];
}

/** Options for an agent, or for one of its calls. */
export interface MemoryProcessors {
  readonly inputProcessors: MemoryProcessor[];
  readonly outputProcessors: MemoryProcessor[];
}

/**
 * Processors with which an agent remembers. Before it answers, its system messages get the memories that match the user's last
 * message. After it answers, the turn is sent to the server. The agent answers without memories if the server does not.
 *
 * @example
 * import { withMemory } from "@memlane/sdk-node/mastra";
 *
 * const memory = withMemory(client, { userId: "ann", conversationId: "c1" });
 * const { text } = await agent.generate("Where do I live?", memory);
 */
export function withMemory(
  client: Pick<Client, "context" | "memories">,
  options: WithMemoryOptions,
): MemoryProcessors {
  const { recall, remember } = createTurnMemory(client, options);
  const processor: MemoryProcessor = {
    id: "memlane",

    async processInput({ messages, systemMessages, state }) {
      const question = messages.findLast(({ role }) => role === "user");
      const text = question?.content.parts.map((part) => part.text ?? "").join("\n") ?? "";
      if (text.trim() === "") return { messages, systemMessages };
      state["question"] = { role: "user", content: text } satisfies SpokenMessage;
      const content = await recall({ text, isContinued: false });
      const added: SystemMessage[] = content === "" ? [] : [{ role: "system", content }];
      return { messages, systemMessages: [...systemMessages, ...added] };
    },

    processOutputResult({ messages, result, state }) {
      const question = state["question"] as SpokenMessage | undefined;
      if (question !== undefined && result.finishReason !== "tool-calls") {
        const isSpoken = result.text.trim() !== "";
        remember(options.conversationId, [question, ...(isSpoken ? [answer(result.text)] : [])]);
      }
      return messages;
    },
  };
  return { inputProcessors: [processor], outputProcessors: [processor] };
}

const answer = (content: string): SpokenMessage => ({ role: "assistant", content });
