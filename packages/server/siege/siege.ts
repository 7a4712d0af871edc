// The siege: a server, its well-behaved neighbour, the attackers round by round, and the results.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as fc from "fast-check";
import { startAttackers } from "./attackers.ts";
import { attacks } from "./attacks.ts";
import { besiege } from "./besieged-server.ts";
import { fillMemory } from "./fill-memory.ts";
import { startNeighbour, type Sample } from "./neighbour.ts";
import type { Assault } from "./order.ts";
import { keyOf, tenantOf } from "./tenant.ts";

/** The duration, and which attacks to run. */
export interface SiegeOptions {
  readonly durationMs: number;
  /** How many kinds of attack run at the same time in the variations, 1 to 3. */
  readonly kindsTogether: number;
  /** How many variations follow after one assault of each kind. */
  readonly variations: number;
  readonly seed: number;
  /** How many memories the first attacker has at the start. */
  readonly memories: number;
  readonly onRound?: (round: Round) => void;
}

/** The results of attacks that ran together. */
interface Round {
  /** Empty in the first round, which measures the neighbour without an attack. */
  readonly assaults: readonly (Assault & { readonly statuses: Readonly<Record<string, number>> })[];
  readonly deaths: number;
  /** The number of the neighbour's requests. */
  readonly requests: number;
  readonly p99Ms: number;
  readonly worstMs: number;
  /** The duration of the neighbour's slowest job, from its acknowledgement until its end was read. */
  readonly slowestJobMs: number;
}

export interface SiegeReport {
  /** The reason of each death of the server. */
  readonly deaths: readonly string[];
  /** The neighbour's p99 in its worst round. */
  readonly worstP99Ms: number;
  /** Undefined if the system does not report it. */
  readonly peakRssBytes: number | undefined;
  /** Whether the kernel applied the memory limit to the server and its database. */
  readonly isLimited: boolean;
  /** How many of the neighbour's conversations were acknowledged. */
  readonly acknowledged: number;
  /** The acknowledged conversations that did not succeed, or whose memory is not found. */
  readonly lost: readonly string[];
}

/** The memory limit of the server and its database. */
export const memoryLimitBytes = 2 ** 30;

const attackerIds = ["mallory", "trudy", "oscar"];

/** Runs a siege. */
export async function runSiege(options: SiegeOptions): Promise<SiegeReport> {
  const directory = await mkdtemp(join(tmpdir(), "memlane-siege-"));
  const orgIds = ["neighbour", ...attackerIds];
  const environment = {
    MEMLANE_BOOTSTRAP_KEYS: orgIds.map((orgId) => `${orgId}:${keyOf(orgId)}`).join(","),
    MEMLANE_WEBHOOK_ALLOW_PRIVATE: "true",
  };
  const server = await besiege({ directory, environment, memoryLimitBytes });
  const attackers = startAttackers(server.url, attackerIds);
  try {
    if (!(await server.untilCalm()))
      throw new Error(`The server does not start: ${server.deaths.at(-1) ?? "it is too slow"}`);
    await fillMemory(await server.findDatabaseUrl(), attackerIds[0]!, options.memories);
    const neighbour = startNeighbour(tenantOf(server.url, "neighbour"));
    const plan = planRounds(options);
    let worstP99Ms = 0;
    for (const assaults of plan) {
      const round = await attack(assaults, options.durationMs / plan.length);
      if (assaults.length > 0) worstP99Ms = Math.max(worstP99Ms, round.p99Ms);
      options.onRound?.(round);
    }
    const lost = await neighbour.settle();
    await server.stop();
    return {
      deaths: server.deaths,
      worstP99Ms,
      peakRssBytes: server.peakRssBytes(),
      isLimited: server.isLimited,
      acknowledged: neighbour.acknowledged(),
      lost,
    };

    async function attack(assaults: readonly Assault[], durationMs: number): Promise<Round> {
      const startedMs = performance.now();
      const deathsBefore = server.deaths.length;
      const counted = await attackers.attack(assaults, Math.ceil(durationMs));
      if (assaults.length === 0) await sleep(durationMs);
      await server.untilCalm();
      const samples = neighbour.samplesSince(startedMs);
      return {
        assaults: assaults.map((assault, index) => ({ ...assault, statuses: counted[index]! })),
        deaths: server.deaths.length - deathsBefore,
        requests: samples.length,
        p99Ms: percentile(samples, 0.99),
        worstMs: percentile(samples, 1),
        slowestJobMs: neighbour.slowestJobMsSince(startedMs),
      };
    }
  } finally {
    attackers.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Plans a round without an attack, then each kind alone, then the variations, with one assault per
 * attacker.
 */
function planRounds({ kindsTogether, variations, seed }: SiegeOptions): readonly (readonly Assault[])[] {
  const kinds = [...attacks.keys()].map((attack) => ({ attack, seed, together: 4 }));
  const assault = fc.record({
    attack: fc.constantFrom(...attacks.keys()),
    seed: fc.nat(),
    together: fc.integer({ min: 1, max: 8 }),
  });
  const drawn = fc.sample(fc.noBias(assault), { seed, numRuns: variations });
  return [[], ...inGroups(kinds, kindsTogether), ...inGroups(drawn, attackerIds.length)];
}

function inGroups<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, group) =>
    items.slice(group * size, (group + 1) * size),
  );
}

function percentile(samples: readonly Sample[], share: number): number {
  const sorted = samples.map(({ tookMs }) => tookMs).toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
