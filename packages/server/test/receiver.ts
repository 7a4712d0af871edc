// A real receiver of webhooks: it keeps the requests, and answers as a test wants.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

/** A received request. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A listening receiver. */
export interface Receiver {
  readonly url: string;
  readonly port: number;
  readonly received: readonly Received[];
  /** The number of connections so far. */
  readonly connections: () => number;
  /** The number of connections that are open now. */
  readonly openConnections: () => Promise<number>;
  /** Resolves with the n-th request, from 1. */
  readonly nth: (count: number) => Promise<Received>;
  readonly close: () => Promise<void>;
}

/** Starts a receiver. `answer` gets the number of the request, from 1. */
export async function startReceiver(
  answer: (response: ServerResponse, count: number) => void = (response) => response.writeHead(204).end(),
): Promise<Receiver> {
  const received: Received[] = [];
  let connections = 0;
  let hear = () => {};
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    received.push({ path: request.url ?? "", headers: request.headers, body });
    hear();
    answer(response, received.length);
  };
  const server = createServer((request, response) => void take(request, response));
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    connections: () => connections,
    openConnections: promisify(server.getConnections.bind(server)),
    async nth(count) {
      const deadline = Date.now() + 20_000;
      while (received.length < count) {
        if (Date.now() > deadline) throw new Error(`${received.length} of ${count} deliveries arrived`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 1000);
          hear = () => (clearTimeout(timer), resolve());
        });
      }
      return received[count - 1]!;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
