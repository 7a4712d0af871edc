// The server that core's transport contract speaks of, for a page: it allows and exposes everything over CORS.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { transportRoutes, type TransportRoute } from "@memlane/core/testing";

const cors = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "*",
  "access-control-allow-methods": "*",
  "access-control-expose-headers": "*",
};

/** A running server of the contract. */
export interface TransportServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Starts it on a free port. */
export async function startTransportServer(): Promise<TransportServer> {
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const { method = "", url = "" } = request;
    if (method === "OPTIONS") return response.writeHead(204, cors).end();
    const key = `${method} ${url}`;
    const number = (counts.get(key) ?? 0) + 1;
    counts.set(key, number);
    const headers = { ...cors, "x-request-number": String(number) };
    const route = transportRoutes[url];
    return void (route === undefined ? echo(request, response, headers) : play(route, response, headers));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

type Headers = Readonly<Record<string, string>>;

async function play(route: TransportRoute, response: ServerResponse, headers: Headers): Promise<void> {
  const { head, chunks, ending } = route;
  if (head !== null) {
    response.writeHead(head.status, { ...head.headers, ...headers });
    response.flushHeaders();
  }
  for (const chunk of chunks) {
    await new Promise((resolve) => response.write(chunk, resolve));
  }
  if (ending === "end") response.end();
  if (ending === "reset") response.socket?.destroy();
}

async function echo(request: IncomingMessage, response: ServerResponse, headers: Headers): Promise<void> {
  const [path, query] = (request.url ?? "").split("?");
  const body = JSON.stringify({
    method: request.method,
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: request.headers,
    body: await text(request),
  });
  response.writeHead(200, { ...headers, "content-type": "application/json" }).end(body);
}
