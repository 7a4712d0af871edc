import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createLogger } from "../logging/logger.ts";
import { startClaimLoop, type Claimed, type Run } from "./claim-loop.ts";

interface Work {
  readonly id: number;
  readonly runsAlone: boolean;
}

/** Work that runs until `end` is called. */
function startWork(): Run & { readonly end: () => void; stops: number; leaves: number } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    done: promise,
    stops: 0,
    leaves: 0,
    end: resolve,
    stop() {
      this.stops += 1;
    },
    leave() {
      this.leaves += 1;
      resolve();
    },
  };
}

const options = { name: "work", pollMs: 5, drainMs: 20, log: createLogger("silent") };

test("all work is done, with at most one run per place, and work that must run alone runs alone", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 15 }),
      fc.integer({ min: 1, max: 4 }),
      async (kinds, concurrency) => {
        const queue = kinds.map((runsAlone, id): Work => ({ id, runsAlone }));
        const running = new Set<Work>();
        const besides: (readonly Work[])[] = []; // for each work: all work that was running when it began, itself included
        const { promise: allEnded, resolve } = Promise.withResolvers<void>();

        const runForAWhile = async (
          work: Work,
          run: { readonly end: () => void },
          othersDone?: Promise<unknown>,
        ) => {
          await othersDone;
          running.add(work);
          besides.push([...running]);
          await sleep(1);
          running.delete(work);
          run.end();
          if (besides.length === kinds.length && running.size === 0) resolve();
        };
        const loop = startClaimLoop<Work>({
          ...options,
          concurrency,
          async claim(limit) {
            const claimed = queue.splice(0, limit);
            const [alone, ...passedOn] = claimed.filter(({ runsAlone }) => runsAlone);
            queue.unshift(...passedOn);
            return { items: claimed.filter(({ runsAlone }) => !runsAlone), alone, againMs: 0 };
          },
          start(work, othersDone) {
            const run = startWork();
            void runForAWhile(work, run, othersDone);
            return run;
          },
        });
        await allEnded;
        await loop.stop();

        const begun = besides.map((works) => works.at(-1)!.id);
        expect(begun.toSorted((a, b) => a - b)).toEqual(kinds.map((_, id) => id));
        for (const works of besides) {
          expect(works.length).toBeLessThanOrEqual(concurrency);
          if (works.some(({ runsAlone }) => runsAlone)) expect(works).toHaveLength(1);
        }
      },
    ),
    { numRuns: 15 },
  );
});

test("`claimSoon` claims without waiting for the poll", async () => {
  const { promise: claimedAgain, resolve } = Promise.withResolvers<void>();
  let claims = 0;
  const loop = startClaimLoop<never>({
    ...options,
    pollMs: 1_000_000,
    concurrency: 1,
    async claim() {
      claims += 1;
      if (claims === 2) resolve();
      return { items: [] };
    },
    start: startWork,
  });
  await sleep(1);
  loop.claimSoon();
  await claimedAgain;
  await loop.stop();
});

test("a failed claim is repeated", async () => {
  const { promise: claimedAgain, resolve } = Promise.withResolvers<void>();
  let claims = 0;
  const loop = startClaimLoop<never>({
    ...options,
    concurrency: 1,
    async claim() {
      claims += 1;
      if (claims === 1) throw new Error("no database");
      resolve();
      return { items: [] };
    },
    start: startWork,
  });
  await claimedAgain;
  await loop.stop();
});

test("`stop` stops all work, and calls `leave` after `drainMs`, also for work that is claimed meanwhile", async () => {
  const runs = [startWork(), startWork()];
  const waiting = runs.values();
  const late = Promise.withResolvers<Claimed<number>>();
  const claims = [Promise.resolve({ items: [1], againMs: 0 }), late.promise].values();
  const secondClaim = Promise.withResolvers<void>();
  let count = 0;
  const loop = startClaimLoop<number>({
    ...options,
    concurrency: 2,
    claim() {
      count += 1;
      if (count === 2) secondClaim.resolve();
      return claims.next().value!;
    },
    start: () => waiting.next().value!,
  });
  await secondClaim.promise;
  const stopped = loop.stop();
  await runs[0]!.done;
  late.resolve({ items: [2] });
  await stopped;
  expect(runs.map(({ stops, leaves }) => [stops, leaves])).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

test("a reserved place counts until its item ends or it is released, and `stop` stops its item, too", async () => {
  const run = startWork();
  const limits: number[] = [];
  const loop = startClaimLoop<number>({
    ...options,
    pollMs: 1_000_000,
    concurrency: 2,
    async claim(limit) {
      limits.push(limit);
      return { items: [] };
    },
    start: () => run,
  });
  await sleep(1);
  const [place, other] = [loop.reserve()!, loop.reserve()!];
  expect(loop.reserve()).toBeUndefined();
  other.release();
  await sleep(0);
  place.begin(1);
  loop.claimSoon();
  expect(loop.reserve()).toBeUndefined(); // what is waiting comes first
  await sleep(20);
  expect(limits).toEqual([2, 1]);

  const stopped = loop.stop();
  expect([run.stops, loop.reserve()]).toEqual([1, undefined]);
  run.end();
  await stopped;
});

test("`stop` does not wait for the item of a reserved place for longer than `drainMs`", async () => {
  const run = startWork();
  const claim = async () => ({ items: [] });
  const once = { ...options, pollMs: 1_000_000 }; // a second claim could be due when the place is reserved
  const loop = startClaimLoop<number>({ ...once, concurrency: 1, claim, start: () => run });
  await sleep(1);
  const place = loop.reserve()!;
  await loop.stop();
  place.begin(1); // too late, so it is given back at once
  expect([run.stops, run.leaves]).toEqual([1, 1]);
});
