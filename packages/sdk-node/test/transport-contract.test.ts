import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { transportContract, transportRoutes } from "@memlane/core/testing";
import { afterAll, beforeAll, describe, it } from "vitest";
import { sleep } from "../src/sleep.ts";
import { createTransport } from "../src/transport.ts";
import { unusedAddress } from "./http-server.ts";

const requestNumbers = new Map<string, number>();

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, headers } = request;
  const { pathname: path, searchParams } = new URL(request.url ?? "", "http://localhost");
  const requestNumber = (requestNumbers.get(`${method} ${path}`) ?? 0) + 1;
  requestNumbers.set(`${method} ${path}`, requestNumber);
  response.setHeader("x-request-number", requestNumber);

  const route = transportRoutes[path];
  if (route === undefined) {
    const query = Object.fromEntries(searchParams);
    response.end(JSON.stringify({ method, path, query, headers, body: await text(request) }));
    return;
  }
  if (route.head !== null) response.writeHead(route.head.status, route.head.headers).flushHeaders();
  for (const chunk of route.chunks) await new Promise((sent) => response.write(chunk, sent));
  if (route.ending === "end") response.end();
  if (route.ending === "reset") response.destroy();
}

describe("the transport of Node.js fulfils the contract", () => {
  const server = createServer((request, response) => void serve(request, response));
  let closedUrl = "";

  beforeAll(async () => {
    closedUrl = `http://${await unusedAddress()}`;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each(transportContract)("$title", ({ check }) =>
    check({
      connect: (baseUrl) =>
        createTransport({
          baseUrl,
          fetch: (request) => fetch(request),
          timeoutMs: 30_000,
          maximumRetries: 2,
        }),
      serverUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      closedUrl,
      createAbortController: () => new AbortController(),
      sleep: (delayMs) => sleep(delayMs),
    }),
  );
});
