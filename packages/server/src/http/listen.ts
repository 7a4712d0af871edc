import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";

/** A listening HTTP server. */
export interface HttpServer {
  readonly url: string;
  /**
   * Refuses new requests, waits up to `drainMs` for running ones, and resolves when every
   * connection is closed.
   */
  readonly close: () => Promise<void>;
}

/** Answers a request, given the client's IP address. */
type Answer = (
  request: Request,
  connection: { address?: string | undefined },
) => Response | Promise<Response>;

/** Where to listen, and how to stop. */
interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** How long `close` waits for running requests, in milliseconds. */
  readonly drainMs: number;
  /** How many connections may be open; further ones are closed at once. @default 10,000 */
  readonly maximumConnections?: number;
}

// Longer than common proxies keep idle connections (60 s). If the server closed a connection first, a
// proxy could send a request on it at that moment, and would have to answer 502.
const keepAliveMs = 75_000;
// How long a client may take to send the headers, and the whole request. `request-body.ts` has a tighter limit for bodies.
const headersMs = 20_000;
const requestMs = 300_000;
const checkMs = 5000;

/** The error messages for an address that cannot be used. */
const refusals: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} on ${host} is in use. Choose another with --port or MEMLANE_PORT.`,
  EADDRNOTAVAIL: (host) =>
    `${host} is not an address of this machine. Choose another with --host or MEMLANE_HOST.`,
};

/**
 * Serves a fetch handler.
 * @throws Error if the port is in use or the address is not local; the message says what to do
 */
export function listen(
  fetch: Answer,
  { host, port, drainMs, maximumConnections = 10_000 }: ListenOptions,
): Promise<HttpServer> {
  // Replacing the global Request and Response would break other code in the process, such as HTTP
  // clients.
  const answer = getRequestListener(
    (request, { incoming }) => fetch(request, { address: incoming.socket.remoteAddress }),
    { overrideGlobalObjects: false },
  );
  let running = 0;
  const timeouts = {
    keepAliveTimeout: keepAliveMs,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkMs,
  };
  const server = createServer(timeouts, (incoming, outgoing) => {
    running += 1;
    outgoing.once("close", () => (running -= 1));
    void answer(incoming, outgoing);
  });
  server.maxConnections = maximumConnections;
  const close = () =>
    new Promise<void>((closed) => {
      // No client may keep the server running. Idle connections are closed at once. All others are
      // closed when no request is running, or after `drainMs`.
      const untilMs = performance.now() + drainMs;
      const letGo = () =>
        running === 0 || performance.now() > untilMs
          ? server.closeAllConnections()
          : server.closeIdleConnections();
      const timer = setInterval(letGo, 50);
      server.close(() => {
        clearInterval(timer);
        closed();
      });
      letGo();
    });
  return new Promise((resolve, reject) => {
    server.on("error", (error: NodeJS.ErrnoException) => {
      const message = refusals[error.code ?? ""]?.(host, port);
      return reject(message === undefined ? error : new Error(message, { cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      if (typeof address !== "object" || address === null) return reject(new Error("no address"));
      const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
      return resolve({ url: `http://${name}:${address.port}`, close });
    });
  });
}
