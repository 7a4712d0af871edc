// Requests over HTTP/1.1 that cost the measured machine little: keep-alive connections with one
// request at a time. Only the status and the body of an answer are read.
import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** Open connections to one server. */
export interface HttpLoad {
  /**
   * Sends a request over a free connection, which must exist. Resolves with the body. @throws Error
   * for another status
   */
  readonly ask: (request: string, status: number) => Promise<string>;
  readonly close: () => void;
}

/** Opens this many connections. */
export async function openHttpLoad(url: string, connections: number): Promise<HttpLoad> {
  const { hostname, port } = new URL(url);
  const free = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      await once(socket, "connect");
      return socket;
    }),
  );
  const all = [...free];
  return {
    async ask(request, status) {
      const socket = free.pop();
      if (socket === undefined) throw new Error("no connection is free");
      const answer = await exchange(socket, request);
      free.push(socket);
      if (answer.status !== status)
        throw new Error(`answered ${answer.status}, not ${status}: ${answer.body}`);
      return answer.body;
    },
    close() {
      for (const socket of all) socket.destroy();
    },
  };
}

function exchange(socket: Socket, request: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    let text = ""; // latin1, because the length of a body is in bytes
    const finish = () => socket.off("data", read).off("close", fail);
    const fail = () => {
      finish();
      reject(new Error(`the connection broke after ${JSON.stringify(text)}`));
    };
    if (socket.closed) return reject(new Error("the connection was closed while it was idle"));
    const read = (chunk: Buffer) => {
      text += chunk.toString("latin1");
      const headEnd = text.indexOf("\r\n\r\n");
      if (headEnd === -1) return;
      const body = bodyOf(text.slice(0, headEnd), text.slice(headEnd + 4));
      if (body === undefined) return;
      finish();
      resolve({ status: Number(text.slice(9, 12)), body: Buffer.from(body, "latin1").toString() });
    };
    socket.on("data", read).on("close", fail);
    socket.write(request);
  });
}

/** The body, or undefined until it is complete. */
function bodyOf(head: string, received: string): string | undefined {
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  if (length !== undefined) return received.length < Number(length) ? undefined : received;
  let body = "";
  for (let at = 0; ;) {
    const sizeEnd = received.indexOf("\r\n", at);
    if (sizeEnd === -1) return undefined;
    const size = Number.parseInt(received.slice(at, sizeEnd), 16);
    if (size === 0) return received.endsWith("\r\n\r\n") ? body : undefined;
    body += received.slice(sizeEnd + 2, sizeEnd + 2 + size);
    at = sizeEnd + 2 + size + 2;
  }
}
