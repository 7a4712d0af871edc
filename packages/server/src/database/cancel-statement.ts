import { connect } from "node:net";
import type { ClientBase } from "pg";
import * as z from "zod/mini";

const requestCode = 80_877_102;
const patienceMs = 5000;

/** The fields that identify a connection to the server. node-postgres has no types for them. */
const backend = z.object({ host: z.string(), port: z.int(), processID: z.int(), secretKey: z.int() });

/**
 * Asks the server to cancel the statement of a connection. The request may arrive late and cancel
 * the next statement, so do not use the connection afterwards. If the request gets lost or cannot
 * be sent, the statement ends at its time-out.
 *
 * The request uses a new connection without encryption:
 * https://www.postgresql.org/docs/current/protocol-flow.html
 */
export function cancelStatement(client: ClientBase): void {
  const named = backend.safeParse(client);
  if (!named.success) return; // some connection poolers send no such data
  const { host, port, processID, secretKey } = named.data;
  const request = Buffer.alloc(16);
  [request.length, requestCode, processID, secretKey].forEach((word, at) =>
    request.writeInt32BE(word, at * 4),
  );
  const socket = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  socket.setTimeout(patienceMs, () => socket.destroy());
  socket.on("error", () => {});
  socket.end(request);
}
