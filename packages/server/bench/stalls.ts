// The longest stall of a server's event loop between the POST of a large body and the end of its
// job.
import { maximumBatchSize, maximumMessageLength, maximumMessages } from "@memlane/core/internal";
import * as z from "zod";
import { findFreePort } from "../src/embedded/free-port.ts";
import { openHttpLoad } from "./http-load.ts";
import { startServer } from "./server-process.ts";
import { untilAllJobsEnded, type BenchStore } from "./store.ts";
import { conversationOf, printPost } from "./wire.ts";

/** The longest stall for a body, and our goal. */
export interface Stall {
  readonly what: string;
  readonly ms: number;
  readonly goalMs: number;
}

const maximumBodyBytes = 8 * 1024 * 1024; // of a conversation
const prose = "I have a red bike. Yesterday we went to the lake with my brother, who lives in Bern. ";
const proseOf = (length: number) => prose.repeat(Math.ceil(length / prose.length)).slice(0, length);
const conversationOfMany = (count: number, length: number) => ({
  ...conversationOf(""),
  messages: Array.from({ length: count }, () => ({ role: "user", content: proseOf(length) })),
});

const largestMs = 250;
const bodies = [
  { what: "a message of 1 MB", path: "/v1/memories", body: conversationOf(proseOf(1_000_000)), goalMs: 50 },
  {
    what: "the longest message",
    path: "/v1/memories",
    body: conversationOf(proseOf(maximumMessageLength)),
    goalMs: largestMs,
  },
  {
    what: "as many messages as a conversation holds, and as long as a body",
    path: "/v1/memories",
    body: conversationOfMany(maximumMessages, Math.floor(maximumBodyBytes / maximumMessages) - 50),
    goalMs: largestMs,
  },
  {
    what: "the largest batch",
    path: "/v1/batch",
    body: { memories: Array.from({ length: maximumBatchSize }, () => ({ content: proseOf(16_000) })) },
    goalMs: largestMs,
  },
];

/** Sends each body several times. The shortest round counts, because the machine has other work. */
export async function measureStalls({ database, url }: BenchStore, rounds: number): Promise<Stall[]> {
  const metricsPort = await findFreePort();
  const server = await startServer("serve", url, { MEMLANE_METRICS_PORT: String(metricsPort) });
  const readStall = () => readLongestStall(`http://127.0.0.1:${metricsPort}/metrics`);
  const stalls: Stall[] = [];
  for (const { path, body, ...stall } of bodies) {
    const request = printPost(path, body);
    let ms = Infinity;
    for (let round = 0; round <= rounds; round += 1) {
      const load = await openHttpLoad(server.url, 1);
      await readStall(); // resets the measurement
      await load.ask(request, 202);
      await untilAllJobsEnded(database);
      const longest = await readStall();
      if (round > 0) ms = Math.min(ms, longest); // the first round compiles code
      load.close();
    }
    stalls.push({ ...stall, ms });
  }
  await server.stop();
  return stalls;
}

/** The longest delay of the event loop since the last reading, in milliseconds, from the process's metrics. */
async function readLongestStall(metricsUrl: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text();
  return z.coerce.number().parse(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(text)?.[1]) * 1000;
}
