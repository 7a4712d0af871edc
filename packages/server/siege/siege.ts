// The siege: a server, its well-behaved neighbour, the attackers round by round, and what came of it.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { attacks } from "./attacks.ts";
import { besiege } from "./besieged-server.ts";
import { fillMemory } from "./fill-memory.ts";
import { statuses, type Assault, type Order } from "./order.ts";
import { startNeighbour, type Sample } from "./neighbour.ts";
import { keyOf, tenantOf } from "./tenant.ts";

/** How long to attack, and with what. */
export interface SiegeOptions {
  readonly durationMs: number;
  /** How many assaults are drawn by the seed, after each kind's own. */
  readonly variations: number;
  readonly seed: number;
  /** How many memories the first attacker has from the beginning. */
  readonly memories: number;
  readonly onRound?: (round: RoundReport) => void;
}

/** What came of attacks that were made at the same time. */
export interface RoundReport {
  readonly assaults: readonly (Assault & { readonly statuses: Readonly<Record<string, number>> })[];
  readonly deaths: number;
  /** Of the neighbour's requests meanwhile. */
  readonly requests: number;
  readonly p99Ms: number;
  readonly worstMs: number;
}

/** What came of it all. */
export interface SiegeReport {
  readonly deaths: readonly string[];
  /** The p99 of the neighbour's requests in the round in which it was worst. */
  readonly worstP99Ms: number;
  /** Undefined if the system does not tell. */
  readonly peakRssBytes: number | undefined;
  /** Whether the kernel held the server and its database to the limit. */
  readonly isLimited: boolean;
  readonly acknowledged: number;
  /** What was acknowledged to the neighbour and is not as promised. */
  readonly lost: readonly string[];
}

/** What the server and its database may hold. */
export const memoryLimitBytes = 2 ** 30;

/** The longest that the neighbour may wait, but for one request in a hundred. */
export const longestP99Ms = 250;

const attackerIds = ["mallory", "trudy", "oscar"];

/** Lays siege to a server. */
export async function runSiege(options: SiegeOptions): Promise<SiegeReport> {
  const directory = await mkdtemp(join(tmpdir(), "memlane-siege-"));
  const orgIds = ["neighbour", ...attackerIds];
  const server = await besiege({
    directory,
    environment: {
      MEMLANE_BOOTSTRAP_KEYS: orgIds.map((orgId) => `${orgId}:${keyOf(orgId)}`).join(","),
      MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true",
    },
    memoryLimitBytes,
  });
  try {
    if (!(await server.untilCalm())) throw new Error("The server does not start.");
    await fillMemory(await server.findDatabaseUrl(), attackerIds[0]!, options.memories);
    const neighbour = startNeighbour(tenantOf(server.url, "neighbour"));
    const rounds = planRounds(options);
    let worstP99Ms = 0;
    for (const assaults of rounds) {
      const startedMs = performance.now();
      const deathsBefore = server.deaths.length;
      const counted = await Promise.all(
        assaults.map((assault, index) =>
          command({
            ...assault,
            url: server.url,
            orgId: attackerIds[index]!,
            durationMs: Math.ceil(options.durationMs / rounds.length),
          }),
        ),
      );
      await server.untilCalm();
      const samples = neighbour.samplesSince(startedMs);
      const p99Ms = percentile(samples, 0.99);
      worstP99Ms = Math.max(worstP99Ms, p99Ms);
      options.onRound?.({
        assaults: assaults.map((assault, index) => ({ ...assault, statuses: counted[index]! })),
        deaths: server.deaths.length - deathsBefore,
        requests: samples.length,
        p99Ms,
        worstMs: percentile(samples, 1),
      });
    }
    const lost = await neighbour.settle();
    return {
      deaths: server.deaths,
      worstP99Ms,
      peakRssBytes: server.peakRssBytes(),
      isLimited: server.isLimited,
      acknowledged: neighbour.acknowledged(),
      lost,
    };
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Each kind alone, so that it is seen which one does harm; then variations, one from each attacker at a time. */
function planRounds({ variations, seed }: SiegeOptions): Assault[][] {
  const assault = fc.record({
    attack: fc.constantFrom(...attacks.keys()),
    seed: fc.nat(),
    together: fc.integer({ min: 1, max: 8 }),
  });
  const kinds = [...attacks.keys()].map((attack) => [{ attack, seed, together: 4 }]);
  const drawn = fc.sample(fc.noBias(assault), { seed, numRuns: variations });
  const mixed: Assault[][] = [];
  while (drawn.length > 0) mixed.push(drawn.splice(-attackerIds.length));
  return [...kinds, ...mixed];
}

/** Has an attacker do its work. */
async function command(order: Order): Promise<Readonly<Record<string, number>>> {
  const attacker = fork(fileURLToPath(new URL("attacker.ts", import.meta.url)), { execArgv: [] });
  attacker.send(order);
  const ended = once(attacker, "exit").then(([code]) => {
    throw new Error(`the attacker of ${order.attack} ended with ${code}`);
  });
  ended.catch(() => {});
  const [counted] = await Promise.race([once(attacker, "message"), ended]);
  return statuses.parse(counted);
}

function percentile(samples: readonly Sample[], share: number): number {
  const sorted = samples.map(({ tookMs }) => tookMs).toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
