// The longest time for which the event loop of a server stands still while one tenant sends a large body, until its job ended.
import * as z from "zod";
import { findFreePort } from "../src/embedded/free-port.ts";
import { openHttpLoad } from "./http-load.ts";
import { startServer } from "./server-process.ts";
import { untilAllJobsEnded, withStore } from "./store.ts";
import { conversationOf, printPost } from "./wire.ts";

const prose = "I have a red bike. Yesterday we went to the lake with my brother, who lives in Bern. ";
const textOf = (characters: number) =>
  prose.repeat(Math.ceil(characters / prose.length)).slice(0, characters);
const messagesOf = (bytes: number) => {
  const message = { role: "user", content: prose };
  const count = Math.floor(bytes / (JSON.stringify(message).length + 1));
  return { ...conversationOf(""), messages: Array.from({ length: count }, () => message) };
};

/** The bodies: what each is, its path and the body itself. */
const bodiesWithin = (
  maximumBytes: number,
): readonly (readonly [what: string, path: string, body: unknown])[] => [
  ["a message of 1 MB", "/v1/memories", conversationOf(textOf(1_000_000))],
  ["one message as large as a body", "/v1/memories", conversationOf(textOf(maximumBytes - 1000))],
  ["as many messages as a body holds", "/v1/memories", messagesOf(maximumBytes - 1000)],
  [
    "the largest batch",
    "/v1/batch",
    {
      memories: Array.from({ length: 500 }, () => ({
        content: textOf(Math.min(16_000, maximumBytes / 520)),
      })),
    },
  ],
];

/** By what was sent, the longest stall in milliseconds; the least of several rounds, since others use the machine too. */
export async function measureStalls(maximumBytes: number, rounds: number): Promise<Record<string, number>> {
  return withStore(async ({ database, url }) => {
    const metricsPort = await findFreePort();
    const server = await startServer("serve", url, { MEMLANE_METRICS_PORT: String(metricsPort) });
    const load = await openHttpLoad(server.url, 1);
    const longestMs = () => readLongestStall(`http://127.0.0.1:${metricsPort}/metrics`);
    const figures: Record<string, number> = {};
    for (let round = 0; round <= rounds; round += 1) {
      for (const [what, path, body] of bodiesWithin(maximumBytes)) {
        const request = printPost(path, body);
        await longestMs(); // starts anew with each look
        await load.ask(request, 202);
        await untilAllJobsEnded(database);
        const ms = await longestMs();
        if (round > 0) figures[what] = Math.min(figures[what] ?? Infinity, ms); // the first round compiles
      }
    }
    load.close();
    await server.stop();
    return figures;
  });
}

/** The longest delay of the event loop since the last look, in milliseconds, from the process itself. */
async function readLongestStall(metrics: string): Promise<number> {
  const text = await (await fetch(metrics)).text();
  return z.coerce.number().parse(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(text)?.[1]) * 1000;
}
