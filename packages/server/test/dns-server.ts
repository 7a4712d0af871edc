// A DNS server on a UDP port of this machine: https://www.rfc-editor.org/rfc/rfc1035#section-4
import { createSocket } from "node:dgram";
import { once } from "node:events";

/** A running DNS server. */
export interface DnsServer {
  /** In the format of Node.js. */
  readonly address: string;
  /** The number of questions. */
  readonly asked: () => number;
  readonly close: () => void;
}

/**
 * Starts a DNS server. It answers every question for an IPv4 address with this address, with an
 * error, or not at all.
 */
export async function startDnsServer(answer: readonly number[] | "unknown" | "silent"): Promise<DnsServer> {
  const socket = createSocket("udp4");
  let asked = 0;
  socket.on("message", (question, { port, address }) => {
    asked += 1;
    if (answer === "silent") return;
    const endOfName = question.indexOf(0, 12) + 1;
    const isIpv4 = question.readUInt16BE(endOfName) === 1;
    const records =
      answer !== "unknown" && isIpv4 ? [0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...answer] : [];
    const reply = Buffer.concat([question.subarray(0, endOfName + 4), Buffer.from(records)]);
    reply.writeUInt16BE(answer === "unknown" ? 0x8183 : 0x8180, 2);
    reply.writeUInt16BE(records.length === 0 ? 0 : 1, 6);
    reply.fill(0, 8, 12); // no other sections
    socket.send(reply, port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked: () => asked,
    close: () => socket.close(),
  };
}
