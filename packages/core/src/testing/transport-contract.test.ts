import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Transport, TransportRequest, TransportResponse } from "../client/transport.ts";
import { MemlaneError } from "../errors/memlane-error.ts";
import { transportContract } from "./transport-contract.ts";
import { transportRoutes } from "./transport-routes.ts";

const counts = new Map<string, number>();

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
  const key = `${request.method} ${pathname}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
  response.setHeader("x-request-number", String(counts.get(key)));
  const route = transportRoutes[pathname];
  if (route === undefined) {
    const query = Object.fromEntries(searchParams);
    const { method, headers } = request;
    response.end(JSON.stringify({ method, path: pathname, query, headers, body: await text(request) }));
    return;
  }
  if (route.head !== null) response.writeHead(route.head.status, route.head.headers).flushHeaders();
  for (const chunk of route.chunks) await new Promise((sent) => response.write(chunk, sent));
  if (route.ending === "end") response.end();
  if (route.ending === "reset") response.destroy();
}

const listener: RequestListener = (request, response) => void serve(request, response);
const server = createServer(listener);
let serverUrl = "";
let closedUrl = "";

beforeAll(async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await Promise.all([once(closed, "listening"), once(server.listen(0, "127.0.0.1"), "listening")]);
  closedUrl = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  closed.close();
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A transport over `fetch` that fulfils the contract, without retries. */
const faithful =
  (baseUrl: string): Transport =>
  async ({ method, path, query, headers, body, timeoutMs = 30_000, signal }) => {
    const url = new URL(baseUrl.replace(/\/$/, "") + path);
    url.search = String(new URLSearchParams(query));
    const timeout = AbortSignal.timeout(timeoutMs);
    const ends = signal instanceof AbortSignal ? AbortSignal.any([signal, timeout]) : timeout;
    try {
      const response = await fetch(url, {
        method,
        headers,
        signal: ends,
        ...(body !== undefined && { body }),
      });
      return {
        status: response.status,
        header: (name) => response.headers.get(name),
        body: await response.text(),
      };
    } catch (cause) {
      const code = signal?.aborted ? "aborted" : timeout.aborted ? "timeout" : "network_error";
      throw new MemlaneError({ code, message: "no answer", cause });
    }
  };

/** The correct transport with wrong answers, failures or requests. */
const answering =
  (spoil: (response: TransportResponse) => TransportResponse) =>
  (baseUrl: string): Transport =>
  async (request) =>
    spoil(await faithful(baseUrl)(request));
const failing =
  (spoil: (error: unknown) => unknown) =>
  (baseUrl: string): Transport =>
  (request) =>
    faithful(baseUrl)(request).catch((error: unknown) => {
      throw spoil(error);
    });
const altering =
  (spoil: (request: TransportRequest) => TransportRequest) =>
  (baseUrl: string): Transport =>
  (request) =>
    faithful(baseUrl)(spoil(request));
const sendingTwice =
  (baseUrl: string): Transport =>
  async (request) => {
    await faithful(baseUrl)(request);
    return faithful(baseUrl)(request);
  };

const subjectOf = (connect: (baseUrl: string) => Transport) => ({
  connect,
  serverUrl,
  closedUrl,
  createAbortController: () => new AbortController(),
  sleep: (delayMs: number) => sleep(delayMs),
});

describe("a correct transport passes", () => {
  test.each(transportContract)("$title", ({ check }) => check(subjectOf(faithful)));
});

describe.concurrent("a wrong transport is detected that", () => {
  test.each([
    [
      "throws where the status is no success",
      "the status 404",
      answering((response) => {
        if (response.status >= 400) throw new TypeError("HTTP error");
        return response;
      }),
    ],
    [
      "finds headers only by their lower-case names",
      "a header is found",
      answering(({ header, ...rest }) => ({
        ...rest,
        header: (name) => (name === name.toLowerCase() ? header(name) : null),
      })),
    ],
    [
      "decodes each chunk separately",
      "the whole body",
      answering((response) => ({ ...response, body: response.body.replace("€", "\u{fffd}") })),
    ],
    [
      "reads a part of the body",
      "the whole body",
      answering((response) => ({ ...response, body: response.body.slice(0, 70_000) })),
    ],
    ["sends again where it must not", "with `never`", sendingTwice],
    [
      "ignores the signal",
      "an abort ends the wait",
      altering((request) => ({ ...request, signal: undefined })),
    ],
    [
      "exceeds its timeout",
      "the time covers the wait",
      altering((request) => ({ ...request, timeoutMs: 2100 })),
    ],
    ["loses the query", "GET arrives", altering((request) => ({ ...request, query: {} }))],
    ["loses the body", "POST arrives", altering((request) => ({ ...request, body: undefined }))],
    ["loses the headers", "GET arrives", altering((request) => ({ ...request, headers: {} }))],
    [
      "decodes the path",
      "GET arrives",
      altering((request) => ({ ...request, path: decodeURIComponent(request.path) })),
    ],
    [
      "drops the path of the base URL",
      "the path of the base URL",
      (baseUrl: string) => faithful(new URL(baseUrl).origin),
    ],
    [
      "rejects with the runtime's own errors",
      "an address at which nothing listens",
      failing((error) => (MemlaneError.is(error) ? error.cause : error)),
    ],
    [
      "reports an abort as a network failure",
      "an abort ends the reading",
      failing((cause) => new MemlaneError({ code: "network_error", message: "no answer", cause })),
    ],
  ] as const)("%s", async (_, clause, connect) => {
    const { check } = transportContract.find(({ title }) => title.startsWith(clause))!;
    await expect(check(subjectOf(connect))).rejects.toThrow(Error);
  });
});
