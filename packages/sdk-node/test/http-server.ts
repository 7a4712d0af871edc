import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request as the server saw it, with its whole body. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Answers one request. `number` counts the requests from 0. */
export type Handler = (response: ServerResponse, request: SeenRequest, number: number) => void;

/** Starts an HTTP server, on a free port by default. After the test, closes it and all its connections. */
export async function startHttpServer(
  handle: Handler,
  address = "127.0.0.1:0",
): Promise<{ readonly baseUrl: string; readonly seen: readonly SeenRequest[] }> {
  const seen: SeenRequest[] = [];
  const listener: RequestListener = (request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      const number = seen.push({ method, path, headers, body }) - 1;
      handle(response, seen[number]!, number);
    });
  };
  const server = createServer(listener);
  const [host, listenPort] = address.split(":");
  await new Promise<void>((resolve) => server.listen(Number(listenPort), host, resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, seen };
}

/** An address on which no server listens. */
export async function unusedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
