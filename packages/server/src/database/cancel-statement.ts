import { connect } from "node:net";
import type { ClientBase } from "pg";
import * as z from "zod/mini";

const requestCode = 80_877_102;
const patienceMs = 5000;

/** The fields that identify a connection to the server. node-postgres has no types for them. */
const backend = z.object({ host: z.string(), port: z.int(), processID: z.int(), secretKey: z.int() });

/**
 * Asks the server to cancel the statement of a connection. Resolves with whether the server has done so: then the connection
 * can be used again. Otherwise the request may still arrive and cancel another statement, so do not use the connection; its
 * statement ends at its time-out.
 *
 * The request uses a new connection without encryption, which the server closes when it has sent the signal:
 * https://www.postgresql.org/docs/current/protocol-flow.html
 */
export function cancelStatement(client: ClientBase): Promise<boolean> {
  const named = backend.safeParse(client);
  if (!named.success) return Promise.resolve(false); // some connection poolers send no such data
  const { host, port, processID, secretKey } = named.data;
  const request = Buffer.alloc(16);
  [request.length, requestCode, processID, secretKey].forEach((word, at) =>
    request.writeInt32BE(word, at * 4),
  );
  const socket = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  return new Promise((resolve) => {
    socket.on("end", () => resolve(true));
    socket.on("close", () => resolve(false));
    socket.on("error", () => {}); // "close" follows
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.resume(); // otherwise "end" never comes
    socket.write(request);
  });
}
