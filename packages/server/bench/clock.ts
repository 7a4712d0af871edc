/** Our figure, and the figure to compare it with. */
export interface Compared {
  readonly ours: number;
  readonly bare: number;
}

/** How long it takes, in milliseconds. */
export async function durationMs(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

/** Runs `work` many times, several at a time, and resolves with the number per second. */
export async function ratePerSecond(
  times: number,
  inFlight: number,
  work: (index: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const lane = async () => {
    while (next < times) await work(next++);
  };
  const tookMs = await durationMs(() => Promise.all(Array.from({ length: inFlight }, lane)));
  return (times / tookMs) * 1000;
}

/** The value that this share of them does not exceed; 0.5 for the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Runs alternatives in turns, so that the machine's load is the same for each. Resolves with the medians, without the first round. */
export async function inTurns<Name extends string>(
  rounds: number,
  alternatives: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(alternatives) as Name[];
  const figures = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const figure = await alternatives[name]();
      if (round > 0) figures.get(name)!.push(figure);
    }
  }
  return Object.fromEntries(names.map((name) => [name, quantile(figures.get(name)!, 0.5)])) as Record<
    Name,
    number
  >;
}
