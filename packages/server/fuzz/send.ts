// Sends one request over its own connection.
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { HostileRequest } from "./hostile-request.ts";

/** The statuses of the answers, and whether the server failed to close the connection in time. */
export interface Outcome {
  readonly statuses: readonly number[];
  readonly hangs: boolean;
}

const pauseMs = 5; // between two parts
const answerMs = 40_000; // a long-poll takes 30 s at most
const silenceMs = 100; // after which the client gives up an incomplete request
const goodbyeMs = 10_000; // from the client's closing of the connection to the server's

/** Sends a request in the way that it describes, and listens until the server closes the connection. */
export async function send(
  url: string,
  { bytes, parts, share, isWhole, ending }: HostileRequest,
  patienceMs = goodbyeMs,
): Promise<Outcome> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true, allowHalfOpen: true });
  let heard = "";
  let hear = () => {};
  let unanswered = false;
  socket.on("error", () => {}); // "close" follows
  socket.on("data", (chunk: Buffer) => {
    if (heard.length < 100_000) heard += chunk.toString("latin1");
    hear();
  });
  socket.on("end", () => socket.end());
  const closed = once(socket, "close").catch(() => {});
  const isClosed = async (withinMs: number) =>
    socket.closed || (await Promise.race([closed.then(() => true), sleep(withinMs, false, { ref: false })]));

  const sent = Buffer.from(bytes.slice(0, Math.ceil(bytes.length * share)), "latin1");
  const partLength = Math.max(1, Math.ceil(sent.length / parts));
  for (let from = 0; from < sent.length && !socket.destroyed; from += partLength) {
    if (from > 0) await sleep(pauseMs);
    socket.write(sent.subarray(from, from + partLength));
  }
  if (ending === "hang up") socket.destroySoon();
  if (ending === "reset") socket.resetAndDestroy();
  if (ending === "half-close") socket.end();
  if (ending === "listen") {
    const answered = new Promise<true>((resolve) => {
      hear = () => /^HTTP\/1\.1 [2-5]/m.test(heard) && resolve(true);
      hear();
    });
    const givenUp = sleep(isWhole ? answerMs : silenceMs, false, { ref: false });
    const isSettled = await Promise.race([answered, closed.then(() => true), givenUp]);
    unanswered = isWhole && !isSettled;
    if (!(await isClosed(silenceMs))) socket.end();
  }
  const hangs = !(await isClosed(patienceMs)) || unanswered;
  socket.destroy();
  return {
    statuses: [...heard.matchAll(/^HTTP\/1\.1 ([2-9]\d\d)/gm)].map(([, status]) => Number(status)),
    hangs,
  };
}
