// How long jobs take, for many clients whose own jobs resemble each other more or less.
import fc from "fast-check";

/** The jobs of one client, one after the other: how long each takes, in milliseconds. */
type Client = readonly number[];

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

/** By what factor each job of a client takes longer than what is usual for it, one after the other. */
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

/** Before one worker that is busy for seven tenths of the time: a job waits for those before it. */
const inLine: Kind = (random) => {
  const work = varied(0.6)(random);
  const betweenJobs = Math.exp(0.6 ** 2 / 2) / 0.7;
  let line = 0;
  return () => {
    line = Math.max(0, line + betweenJobs * Math.log(1 - random())) + work();
    return line;
  };
};

/** Pareto's: none is quicker than usual, and a few take very much longer. */
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

/** Uniform numbers, the same for the same seed. */
export function createRandom(seed: number): Random {
  const steps = 2 ** 31;
  const numbers = fc.infiniteStream(fc.noBias(fc.nat({ max: steps - 1 })));
  const [stream] = fc.sample(numbers, { seed, numRuns: 1 });
  return () => stream!.next().value / steps;
}

/** Clients of each kind; what is usual for them lies between a tenth of a second and half a minute. */
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

/** A normal deviate (Box and Muller, 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
