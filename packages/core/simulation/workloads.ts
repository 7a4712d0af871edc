// How long jobs take, for many clients whose own jobs resemble each other more or less.
import fc from "fast-check";

/** The jobs of one client, one after the other: how long each takes, in milliseconds. */
export type Client = readonly number[];

/** Clients of one kind. */
export interface Workload {
  readonly name: string;
  readonly clients: readonly Client[];
}

/** Uniform in [0, 1). */
export type Random = () => number;

const shortestMedianMs = 100;
const longestMedianMs = 30_000;
const longestMs = 50_000; // the policies that are compared give up after a minute

/** How a client's jobs differ from its median, as the logarithm of a factor. */
const spreads = {
  "alike: two thirds within ±28 %": (random) => 0.25 * normal(random),
  "varied: two thirds within a factor of 1.6": (random) => 0.5 * normal(random),
  "very varied: two thirds within a factor of 2.7": normal,
  "of two sizes, one eight times the other": (random) =>
    Math.log(random() < 0.5 ? 1 : 8) + 0.25 * normal(random),
} satisfies Record<string, (random: Random) => number>;

/** Uniform numbers, the same for the same seed. */
export function createRandom(seed: number): Random {
  const steps = 2 ** 31;
  const numbers = fc.infiniteStream(fc.noBias(fc.nat({ max: steps - 1 })));
  const [stream] = fc.sample(numbers, { seed, numRuns: 1 });
  return () => stream!.next().value / steps;
}

/** Clients of each kind; their medians lie between a tenth of a second and half a minute. */
export function createWorkloads(random: Random, clientsEach: number, jobsEach: number): Workload[] {
  return Object.entries(spreads).map(([name, spread]) => ({
    name,
    clients: Array.from({ length: clientsEach }, () => {
      const medianMs = shortestMedianMs * (longestMedianMs / shortestMedianMs) ** random();
      return Array.from({ length: jobsEach }, () => Math.min(longestMs, medianMs * Math.exp(spread(random))));
    }),
  }));
}

/** A normal deviate (Box and Muller, 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
