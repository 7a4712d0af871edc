import type { IncomingMessage, ServerResponse } from "node:http";
import type { BodyTurns } from "./body-turns.ts";

const dropMs = 500;

/**
 * After an answer, reads the unread rest of the body for a short time, because few clients read an answer while they
 * send. Then closes the connection. Other requests go first: Node.js alone would read the rest as fast as it arrives.
 */
export function dropUnreadBody(incoming: IncomingMessage, outgoing: ServerResponse, turns: BodyTurns): void {
  incoming.read(0); // a stream that nobody has read from is read by Node.js
  outgoing.once("finish", () => {
    if (incoming.readableEnded || incoming.destroyed) return;
    const timer = setTimeout(() => incoming.socket.destroySoon(), dropMs).unref();
    incoming.once("close", () => clearTimeout(timer));
    incoming.removeAllListeners("data");
    incoming.on("data", () => {
      incoming.pause();
      void Promise.resolve(turns.take("")).then(() => incoming.resume());
    });
    incoming.resume();
  });
}
