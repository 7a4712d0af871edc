import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createSocketServer, type AddressInfo, type Server, type Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createBodyTurns } from "./body-turns.ts";
import { dropUnreadBody } from "./drop-body.ts";

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

interface Address {
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
}

/** Where to listen, and how to stop. */
interface ListenOptions extends Address {
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
// How many listening sockets share the port. Node.js accepts one connection of each in an iteration of its event loop,
// and under load an iteration takes many milliseconds.
const listeningSockets = 8;

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
export async function listen(
  fetch: Answer,
  { host, port, drainMs, maximumConnections = 10_000 }: ListenOptions,
): Promise<HttpServer> {
  // Replacing the global Request and Response would break other code in the process, such as HTTP
  // clients.
  const answer = getRequestListener(
    (request, { incoming }) => fetch(request, { address: incoming.socket.remoteAddress }),
    { overrideGlobalObjects: false, autoCleanupIncoming: false },
  );
  const turns = createBodyTurns();
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
    dropUnreadBody(incoming, outgoing, turns);
    void answer(incoming, outgoing);
  });
  let connections = 0;
  server.prependListener("connection", (socket: Socket) => {
    connections += 1;
    socket.once("close", () => (connections -= 1));
    if (connections > maximumConnections) socket.destroy();
  });
  const listening = await listenTogether(server, { host, port });
  const close = async () => {
    // No client may keep the server running. Idle connections are closed at once. All others are
    // closed when no request is running, or after `drainMs`.
    const untilMs = performance.now() + drainMs;
    const letGo = () =>
      running === 0 || performance.now() > untilMs
        ? server.closeAllConnections()
        : server.closeIdleConnections();
    const timer = setInterval(letGo, 50);
    const closed = listening.map(closeSocket);
    letGo();
    await Promise.all(closed);
    clearInterval(timer);
  };
  const { address, family, port: bound } = addressOf(server);
  return { url: `http://${family === "IPv6" ? `[${address}]` : address}:${bound}`, close };
}

/** Listens with several sockets if the system can share a port, otherwise with one. */
async function listenTogether(server: Server, { host, port }: Address): Promise<readonly Server[]> {
  // Another process of this account could share the port, too. So it is first opened without sharing.
  const probe = createSocketServer();
  await open(probe, { host, port });
  const free = { host, port: addressOf(probe).port };
  await closeSocket(probe);
  try {
    await open(server, { ...free, reusePort: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOTSUP")) throw error;
    await open(server, free);
    return [server];
  }
  const others = Array.from({ length: listeningSockets - 1 }, () =>
    createSocketServer({ allowHalfOpen: true, noDelay: true }, (socket) => server.emit("connection", socket)),
  );
  for (const other of others) await open(other, { ...free, reusePort: true });
  return [server, ...others];
}

/** Opens one listening socket. */
async function open(server: Server, address: Address & { readonly reusePort?: boolean }): Promise<void> {
  server.listen(address);
  try {
    await once(server, "listening");
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    const message = refusals[String(cause.code)]?.(address.host, address.port);
    throw message === undefined ? cause : new Error(message, { cause });
  }
  server.on("error", () => {}); // a connection that could not be accepted
}

const closeSocket = (server: Server) => new Promise((resolve) => server.close(resolve));

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no address");
  return address;
}
