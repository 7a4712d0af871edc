// The page's side of the server in a worker: a `fetch` that sends requests to the worker.
import type { FromServer, ToServer } from "./messages.ts";

/** A server in this tab. */
export interface LiveServer {
  readonly fetch: (request: Request) => Promise<Response>;
}

interface Exchange {
  readonly answer: (response: Response) => void;
  readonly fail: (error: Error) => void;
  body: ReadableStreamDefaultController<Uint8Array> | undefined;
}

/** Starts the server: downloads about 6.5 MB and creates a database in memory, which ends with the tab. */
export function startLiveServer(): Promise<LiveServer> {
  const worker = new Worker(new URL("./server-worker.ts", import.meta.url), { type: "module" });
  const exchanges = new Map<number, Exchange>();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  const send = (message: ToServer) => worker.postMessage(message);
  let requests = 0;

  async function fetch(request: Request): Promise<Response> {
    const body = request.body === null ? null : await request.text();
    const { url, method, signal } = request;
    requests += 1;
    const id = requests;
    return new Promise((answer, fail) => {
      exchanges.set(id, { answer, fail, body: undefined });
      signal.addEventListener("abort", () => send({ type: "abort", id }));
      send({ type: "request", id, url, method, headers: [...request.headers], body });
    });
  }

  function hear(message: Exclude<FromServer, { type: "ready" | "broken" }>): void {
    const exchange = exchanges.get(message.id);
    if (exchange === undefined) return;
    switch (message.type) {
      case "head": {
        const { status, headers } = message;
        const hasBody = status !== 204 && status !== 304;
        const start = (controller: ReadableStreamDefaultController<Uint8Array>) =>
          (exchange.body = controller);
        const stream = hasBody ? new ReadableStream<Uint8Array>({ start: (body) => void start(body) }) : null;
        exchange.answer(new Response(stream, { status, headers }));
        break;
      }
      case "part":
        exchange.body?.enqueue(message.bytes);
        break;
      case "end":
        exchange.body?.close();
        exchanges.delete(message.id);
        break;
      case "failed": {
        const error = new Error(message.reason);
        exchange.fail(error);
        exchange.body?.error(error);
        exchanges.delete(message.id);
      }
    }
  }

  return new Promise((resolve, reject) => {
    worker.addEventListener("error", ({ message }) =>
      reject(new Error(message || "its code cannot be loaded")),
    );
    worker.addEventListener("message", ({ data }: MessageEvent<FromServer>) => {
      if (data.type === "ready") resolve({ fetch });
      else if (data.type === "broken") {
        worker.terminate();
        reject(new Error(data.reason));
      } else hear(data);
    });
  });
}
