import type { Client } from "@memlane/core";
import { wrapLanguageModel, type LanguageModelMiddleware } from "ai";
import { lastTurn, type ModelCall } from "./last-turn.ts";
import { createTurnMemory, type WithMemoryOptions } from "./turn-memory.ts";

type WrappedModel = ReturnType<typeof wrapLanguageModel>;

/**
 * A model that remembers. Before it answers, its prompt gets the memories that match the user's last message.
 * After it answers, the turn is sent to the server. It answers without memories if the server does not.
 *
 * @example
 * import { withMemory } from "@memlane/sdk-node/ai";
 * import { generateText } from "ai";
 *
 * const remembering = withMemory(model, client, { userId: "ann", conversationId: "c1" });
 * const { text } = await generateText({ model: remembering, prompt: "Where do I live?" });
 */
export function withMemory(
  model: Parameters<typeof wrapLanguageModel>[0]["model"],
  client: Pick<Client, "context" | "memories">,
  options: WithMemoryOptions,
): WrappedModel {
  const { recall, remember } = createTurnMemory(client, options);

  const rememberAnswer = ({ prompt }: ModelCall, answer: string): void => {
    const turn = lastTurn(prompt);
    if (turn.length === 0) return;
    const spoken = answer.trim() === "" ? [] : [{ role: "assistant" as const, content: answer }];
    remember(options.conversationId, [...turn, ...spoken]);
  };

  const middleware: LanguageModelMiddleware = {
    specificationVersion: "v4",

    async transformParams({ params }) {
      const [first] = lastTurn(params.prompt);
      if (first === undefined) return params;
      const isContinued = params.prompt.at(-1)?.role !== "user";
      const memories = await recall({ text: first.content, isContinued, signal: params.abortSignal });
      return memories === "" ? params : { ...params, prompt: withMemories(params.prompt, memories) };
    },

    async wrapGenerate({ doGenerate, params }) {
      const result = await doGenerate();
      if (result.finishReason.unified !== "tool-calls") {
        rememberAnswer(
          params,
          result.content.map((part) => (part.type === "text" ? part.text : "")).join(""),
        );
      }
      return result;
    },

    async wrapStream({ doStream, params }) {
      const { stream, ...result } = await doStream();
      type Part = typeof stream extends ReadableStream<infer Value> ? Value : never;
      let answer = "";
      const listener = new TransformStream<Part, Part>({
        transform(part, controller) {
          if (part.type === "text-delta") answer += part.delta;
          if (part.type === "finish" && part.finishReason.unified !== "tool-calls") {
            rememberAnswer(params, answer);
          }
          controller.enqueue(part);
        },
      });
      return { ...result, stream: stream.pipeThrough(listener) };
    },
  };
  return wrapLanguageModel({ model, middleware });
}

/** The prompt with a system message about memories, after those of the application. */
function withMemories(prompt: ModelCall["prompt"], content: string): ModelCall["prompt"] {
  const end = prompt.findIndex(({ role }) => role !== "system");
  return prompt.toSpliced(end === -1 ? prompt.length : end, 0, { role: "system", content });
}
