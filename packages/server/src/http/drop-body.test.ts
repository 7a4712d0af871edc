import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import type { BodyTurns } from "./body-turns.ts";
import { dropUnreadBody } from "./drop-body.ts";

/** How many bytes of a body of 8 MB are read after an early answer. */
async function bytesReadAfterAnswer(turns: BodyTurns): Promise<number> {
  const server = createServer((incoming, outgoing) => {
    dropUnreadBody(incoming, outgoing, turns);
    outgoing.end("no");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a listening TCP server has an address with a port
  const requested = once(server, "request");
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  socket.resume().write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n");
  socket.write(Buffer.alloc(8_000_000));
  const [incoming]: IncomingMessage[] = await requested;
  await Promise.race([once(incoming!, "close"), once(incoming!.socket, "close")]);
  const { bytesRead } = incoming!.socket;
  socket.destroy();
  server.close();
  return bytesRead;
}

test("an unread body is read no faster than turns are given", async () => {
  expect(await bytesReadAfterAnswer({ take: () => undefined })).toBeGreaterThan(8_000_000);
  expect(await bytesReadAfterAnswer({ take: () => new Promise(() => {}) })).toBeLessThan(1_000_000);
});
