// Job durations for many clients. The jobs of one client resemble each other more in some workloads than in others.
import fc from "fast-check";

/** The durations of one client's jobs, in milliseconds, in order. */
type Client = readonly number[];

/** Clients whose jobs vary in the same way. */
export interface Workload {
  readonly name: string;
  readonly clients: readonly Client[];
}

/** Uniform in [0, 1). */
export type Random = () => number;

const shortestMedianMs = 100;
const longestMedianMs = 30_000;
const longestMs = 50_000; // the vendor's client gives up after a minute

/** Returns, for each next job of a client, its duration divided by the client's usual duration. */
type Kind = (random: Random) => () => number;

const varied =
  (spread: number): Kind =>
  (random) =>
  () =>
    Math.exp(spread * normal(random));

const ofTwoSizes: Kind = (random) => {
  const alike = varied(0.25)(random);
  return () => alike() * (random() < 0.5 ? 1 : 8);
};

const underChangingLoad: Kind = (random) => {
  const usual = varied(0.5)(random);
  let drawn = 0;
  return () => usual() * (Math.floor(drawn++ / 25) % 2 === 0 ? 1 : 4);
};

/** A queue before one worker that is busy 70 % of the time. Each job waits for the earlier ones. */
const inLine: Kind = (random) => {
  const work = varied(0.6)(random);
  const betweenJobs = Math.exp(0.6 ** 2 / 2) / 0.7;
  let line = 0;
  return () => {
    line = Math.max(0, line + betweenJobs * Math.log(1 - random())) + work();
    return line;
  };
};

/** A Pareto distribution: no job is quicker than usual, and a few take very much longer. */
const heavyTailed: Kind = (random) => () => (1 - random()) ** (-1 / 1.5);

const unlike: Kind = (random) => () => (longestMedianMs / shortestMedianMs) ** (random() - 0.5);

const kinds: Readonly<Record<string, Kind>> = {
  "alike: two thirds within ±28 %": varied(0.25),
  "varied: two thirds within a factor of 1.6": varied(0.5),
  "very varied: two thirds within a factor of 2.7": varied(1),
  "of two sizes, one eight times the other": ofTwoSizes,
  "under a load that changes fourfold every 25 jobs": underChangingLoad,
  "in a line before a busy worker": inLine,
  "most quick, a few very long": heavyTailed,
  "unlike: anything within a factor of 17": unlike,
};

/** Uniform random numbers; the same seed gives the same numbers. */
export function createRandom(seed: number): Random {
  const steps = 2 ** 31;
  const numbers = fc.infiniteStream(fc.noBias(fc.nat({ max: steps - 1 })));
  const [stream] = fc.sample(numbers, { seed, numRuns: 1 });
  return () => stream!.next().value / steps;
}

/** Clients of each kind. Their usual durations are between 0.1 and 30 s. */
export function createWorkloads(random: Random, clientsEach: number, jobsEach: number): Workload[] {
  return Object.entries(kinds).map(([name, kind]) => ({
    name,
    clients: Array.from({ length: clientsEach }, () => {
      const usualMs = shortestMedianMs * (longestMedianMs / shortestMedianMs) ** random();
      const factor = kind(random);
      return Array.from({ length: jobsEach }, () => {
        let durationMs = Infinity;
        while (durationMs > longestMs) durationMs = Math.ceil(usualMs * factor());
        return durationMs;
      });
    }),
  }));
}

/** A normally distributed random number (Box and Muller, 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
