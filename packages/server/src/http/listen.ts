import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";

/** A listening HTTP server. */
export interface HttpServer {
  readonly url: string;
  /** Refuses new requests, waits for those that run, and resolves when every connection is closed. */
  readonly close: () => Promise<void>;
}

const drainMs = 5000;

/** Serves a fetch handler. @throws Error that says what to do when the port is taken */
export function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<HttpServer> {
  // Replacing the process's own Request and Response would break other code in it, such as an HTTP client.
  const answer = getRequestListener(fetch, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  const close = () =>
    new Promise<void>((closed) => {
      // A connection that falls idle is let go at once, one whose request hangs when the time is over: no client
      // must keep a server alive.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const hanging = setTimeout(() => server.closeAllConnections(), drainMs);
      server.close(() => {
        clearInterval(idle);
        clearTimeout(hanging);
        closed();
      });
    });
  return new Promise((resolve, reject) => {
    server.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      const message = `Port ${port} on ${host} is taken. Choose another with --port or MEMLANE_PORT.`;
      return reject(new Error(message, { cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      if (typeof address !== "object" || address === null) return reject(new Error("no address"));
      const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
      return resolve({ url: `http://${name}:${address.port}`, close });
    });
  });
}
