import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** A running stand-in for OpenAI's API. */
export interface ModelEndpoint {
  /** The settings with which OpenAI's clients use it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<unknown>;
}

/** Starts a model that uses only its prompt: it answers where the user lives if a memory in the prompt contains it. */
export async function startModelEndpoint(): Promise<ModelEndpoint> {
  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    environment: {
      OPENAI_API_KEY: "a-key-of-the-stand-in",
      OPENAI_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      OPENAI_AGENTS_DISABLE_TRACING: "1",
    },
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const prompt = JSON.stringify(await json(request));
  const [, city] = /lives in ([A-Z]\w+)/i.exec(prompt) ?? [];
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(answerOf(city === undefined ? "I do not know." : `You live in ${city}.`)));
}

/** An answer of the Responses API. */
const answerOf = (text: string) => ({
  id: "resp_1",
  object: "response",
  created_at: 0,
  status: "completed",
  model: "stand-in",
  output: [
    {
      type: "message",
      id: "msg_1",
      role: "assistant",
      status: "completed",
      content: [{ type: "output_text", text, annotations: [] }],
    },
  ],
  usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
});
