// A fake of an OpenAI-compatible endpoint: a real HTTP server that answers as a test wants.
import type { ServerResponse } from "node:http";
import { startReceiver, type Received } from "./receiver.ts";

/** The parts of a completion request that tests need. */
export interface CompletionRequest {
  readonly model: string;
  readonly temperature?: number;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: { readonly type: string };
}

/** Answers the n-th request, from 1. */
export type AnswerModel = (response: ServerResponse, request: CompletionRequest, count: number) => void;

/** A running fake. */
export interface ModelEndpoint {
  readonly baseUrl: string;
  readonly received: readonly Received[];
  /** The requests so far, in order. */
  readonly requests: () => CompletionRequest[];
  readonly close: () => Promise<void>;
}

/** Starts a fake. */
export async function startModelEndpoint(answer: AnswerModel): Promise<ModelEndpoint> {
  const parse = ({ body }: Received) => JSON.parse(body) as CompletionRequest;
  const receiver = await startReceiver((response, count) =>
    answer(response, parse(receiver.received[count - 1]!), count),
  );
  return {
    baseUrl: `${receiver.url}/v1`,
    received: receiver.received,
    requests: () => receiver.received.map(parse),
    close: receiver.close,
  };
}

/** Answers with this text of the model. */
export function complete(response: ServerResponse, content: string, finish_reason = "stop"): void {
  answerJson(response, 200, {
    id: "cmpl-1",
    object: "chat.completion",
    created: 0,
    model: "stand-in",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  });
}

/** Answers with these memories, each with the ids of the cited messages. */
export function remember(
  response: ServerResponse,
  ...memories: [text: string, ...messages: string[]][]
): void {
  complete(
    response,
    JSON.stringify({ memories: memories.map(([text, ...messages]) => ({ text, messages })) }),
  );
}

/** Refuses in the format of such endpoints. */
export function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  answerJson(response, status, { error: { message, type: "error", code: null } }, headers);
}

/** The messages of the conversation in a request. */
export function quotedIn(request: CompletionRequest): { id: string; speaker: string; text: string }[] {
  const [, lines = ""] =
    /^<conversation>\n(.*)\n<\/conversation>$/s.exec(request.messages.at(-1)!.content) ?? [];
  return lines.split("\n").map((line) => JSON.parse(line));
}

function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
