import { createMcpHandler, type JSONRPCMessage } from "@modelcontextprotocol/server";
import { createMcpServer } from "./create-mcp-server.ts";
import { createKorelyServer, type KorelyClient } from "./korely/create-korely-server.ts";
import { waitSignalOf, type MemoryAccess } from "./memory-access.ts";
import { listenToTasks, readListenRequest, type ListenRequest } from "./tasks/listen-to-tasks.ts";

/** How to answer a request. */
export interface McpRequestOptions {
  /** The parsed body of a POST. */
  readonly body?: unknown;
  /** Called with errors that the client does not see. */
  readonly onError?: ((error: Error) => void) | undefined;
  /** Called when the whole answer has been sent, or the client has gone. */
  readonly onEnd?: (() => void) | undefined;
}

/**
 * Answers one request of Streamable HTTP. Nothing is kept between requests, so any process can answer any of them. The
 * caller has already checked who sends it.
 *
 * @example
 * import { answerMcpRequest } from "@memlane/mcp";
 *
 * const response = await answerMcpRequest(request, { client, userId: "ann" });
 */
export async function answerMcpRequest(
  request: Request,
  access: MemoryAccess,
  { body, onError = () => {}, onEnd = () => {} }: McpRequestOptions = {},
): Promise<Response> {
  const listen = request.method === "POST" ? readListenRequest(body) : undefined;
  if (listen !== undefined) return followBody(streamTasks(access, listen, request.signal, onError), onEnd);
  const { fetch } = createMcpHandler(() => createMcpServer(access), { onerror: onError });
  return followBody(await fetch(request, body === undefined ? {} : { parsedBody: body }), onEnd);
}

/** Answers one request of Streamable HTTP with the tools of Korely's server, which take the user as an argument. */
export async function answerKorelyRequest(
  request: Request,
  client: KorelyClient,
  { body, onError = () => {}, onEnd = () => {} }: McpRequestOptions = {},
): Promise<Response> {
  const { fetch } = createMcpHandler(() => createKorelyServer(client), { onerror: onError });
  return followBody(await fetch(request, body === undefined ? {} : { parsedBody: body }), onEnd);
}

/** The same answer, with a call when its body ends. */
function followBody({ body, status, headers }: Response, onEnd: () => void): Response {
  if (body === null) onEnd();
  const followed = body?.pipeThrough(new TransformStream({ flush: onEnd, cancel: onEnd })) ?? null;
  return new Response(followed, { status, headers });
}

/** How often an open stream sends a comment, so that proxies do not close it. In milliseconds. */
const keepAliveMs = 15_000;

function streamTasks(
  access: MemoryAccess,
  listen: ListenRequest,
  disconnected: AbortSignal,
  onError: (error: Error) => void,
): Response {
  const cancelled = new AbortController();
  const signal = waitSignalOf(access, AbortSignal.any([disconnected, cancelled.signal]));
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(text));
      };
      const send = (message: JSONRPCMessage) => write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
      const timer = setInterval(() => write(": keep-alive\n\n"), keepAliveMs);
      void listenToTasks(access, listen, send, signal)
        .catch((error: unknown) => {
          if (!signal.aborted) onError(error instanceof Error ? error : new Error(String(error)));
        })
        .finally(() => {
          clearInterval(timer);
          if (!cancelled.signal.aborted) controller.close();
        });
    },
    cancel: () => cancelled.abort(),
  });
  return new Response(stream, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" },
  });
}
