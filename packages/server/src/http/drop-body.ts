import type { IncomingMessage, ServerResponse } from "node:http";
import type { BodyTurns } from "./body-turns.ts";

const dropMs = 500;

/** All dropped bodies take turns as one organisation, because the callers of most of them are unknown. */
const everyone = "";

/**
 * After an answer, reads the unread rest of the body for a short time, because few clients read an answer while they
 * send. Then closes the connection. Other requests go first: Node.js alone would read the rest as fast as it arrives.
 */
export function dropUnreadBody(incoming: IncomingMessage, outgoing: ServerResponse, turns: BodyTurns): void {
  if (!hasBody(incoming)) return;
  incoming.read(0); // otherwise Node.js itself reads a body that no code has read
  outgoing.once("finish", () => {
    if (incoming.readableEnded || incoming.destroyed) return;
    const timer = setTimeout(() => incoming.socket.destroySoon(), dropMs).unref();
    incoming.once("close", () => clearTimeout(timer));
    incoming.removeAllListeners("data");
    incoming.on("data", () => {
      incoming.pause();
      void Promise.resolve(turns.take(everyone)).then(() => incoming.resume());
    });
    incoming.resume();
  });
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
