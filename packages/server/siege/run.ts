// npm run siege: attacks a server from several organisations, and prints the times of a
// well-behaved neighbour.
import { randomInt } from "node:crypto";
import * as z from "zod";
import { memoryLimitBytes, runSiege } from "./siege.ts";

const settings = z
  .object({
    SIEGE_MINUTES: z.coerce.number().positive().default(10),
    MEMLANE_SEED: z.coerce.number().int().positive().optional(),
    SIEGE_P99_MS: z.coerce.number().positive().default(250),
  })
  // oxlint-disable-next-line node/no-process-env -- a program of its own
  .parse(process.env);
const minutes = settings.SIEGE_MINUTES;
const seed = settings.MEMLANE_SEED ?? randomInt(1, 2 ** 30);
const mebibyte = 2 ** 20;
console.error(
  `${minutes} minutes; repeat this run with MEMLANE_SEED=${seed} SIEGE_MINUTES=${minutes} npm run siege`,
);

const { deaths, worstP99Ms, peakRssBytes, isLimited, acknowledged, lost } = await runSiege({
  durationMs: minutes * 60_000,
  kindsTogether: 1,
  variations: 100,
  seed,
  memories: 200_000,
  onRound({ assaults, deaths: died, requests, p99Ms, worstMs, slowestJobMs }) {
    if (assaults.length === 0) console.error("no attacks");
    for (const { attack, seed: drawnBy, together, statuses } of assaults) {
      const sent = Object.values(statuses).reduce((sum, count) => sum + count, 0);
      const answers = Object.entries(statuses).map(
        ([status, count]) => `${status === "0" ? "none" : status} × ${count}`,
      );
      console.error(
        `${attack} (seed ${drawnBy}, ${together} at a time): ${sent} requests: ${answers.join(", ")}`,
      );
    }
    console.error(
      `  deaths ${died}; the neighbour: ${requests} requests, p99 ${p99Ms.toFixed(0)} ms, worst ${worstMs.toFixed(0)} ms, ` +
        `slowest job ${(slowestJobMs / 1000).toFixed(1)} s`,
    );
  },
});
for (const death of deaths) console.error(`death: ${death}`);
for (const fault of lost.slice(0, 50)) console.error(`lost: ${fault}`);
if (!isLimited) console.error("The memory limit could not be set here: the memory was measured only.");
console.log(
  `deaths ${deaths.length}, worst neighbour p99 ${worstP99Ms.toFixed(0)} ms, ` +
    `peak RSS ${peakRssBytes === undefined ? "unknown" : (peakRssBytes / mebibyte).toFixed(0)} MB, ` +
    `acknowledged ${acknowledged}, lost ${lost.length}`,
);
const hasPassed =
  deaths.length === 0 &&
  lost.length === 0 &&
  worstP99Ms <= settings.SIEGE_P99_MS &&
  (peakRssBytes ?? 0) <= memoryLimitBytes;
process.exitCode = hasPassed ? 0 : 1;
