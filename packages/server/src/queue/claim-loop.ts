// Claims work from a queue in the database for the free places of a process.
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";

/** Claimed work that is being done. */
export interface Run {
  /** Resolves when its place is free. Never rejects. */
  readonly done: Promise<void>;
  /** Gives the work back at its next safe point. */
  readonly stop: () => void;
  /** Gives the work back now. */
  readonly leave: () => void;
}

/** The result of one claim. */
export interface Claimed<Item> {
  /** At most `limit` items, `alone` included. */
  readonly items: readonly Item[];
  /** An item that starts when no other runs. The loop claims no more until it has ended. */
  readonly alone?: Item | undefined;
  /** How soon to claim again, in milliseconds. @default the loop's `pollMs` */
  readonly againMs?: number | undefined;
}

/** The options of a claim loop. */
export interface ClaimLoopOptions<Item> {
  /** The name of the items in the log, such as "jobs". */
  readonly name: string;
  /** How many items may run at the same time. */
  readonly concurrency: number;
  /** How often to claim while `claimSoon` is not called, in milliseconds. */
  readonly pollMs: number;
  /** How long `stop` waits for safe points, in milliseconds. */
  readonly drainMs: number;
  readonly log: Logger;
  /** Claims up to `limit` items. */
  readonly claim: (limit: number) => Promise<Claimed<Item>>;
  /** Starts an item. An item that runs alone begins when `othersDone` resolves. */
  readonly start: (item: Item, othersDone?: Promise<unknown>) => Run;
}

/** A place that is kept free for an item. */
interface ReservedPlace<Item> {
  /** Starts the item at the place. */
  readonly begin: (item: Item) => void;
  /** Frees the place: there is no item. */
  readonly release: () => void;
}

/** A running claim loop. */
export interface ClaimLoop<Item> {
  /** Keeps a place for an item that is about to be stored. Undefined if no place is free or older items may be waiting. */
  readonly reserve: () => ReservedPlace<Item> | undefined;
  /** Claims as soon as a place is free. Call it when there may be work. */
  readonly claimSoon: () => void;
  /** How many items are being done. */
  readonly countRunning: () => number;
  /** Claims nothing more, stops all runs, and resolves when all places are free. */
  readonly stop: () => Promise<void>;
}

/** One claim fills the places that become free within this time, in milliseconds: a claim costs as much as a short job. */
const gatherMs = 3;

/** The same while fewer than half of the places are free. */
const longestGatherMs = 10;

/** Starts to claim and to run. */
export function startClaimLoop<Item>({
  name,
  concurrency,
  pollMs,
  drainMs,
  log,
  claim,
  start,
}: ClaimLoopOptions<Item>): ClaimLoop<Item> {
  const running = new Set<Run>();
  let isStopping = false;
  let isLeaving = false;
  let isClaiming = false; // also while an item runs alone
  let dueAtMs = 0; // when there may be something to claim
  let freedAtMs: number | undefined; // when the first place became free since the last claim
  let wake = () => {};
  const looping = loop();

  return {
    reserve() {
      const mayBeWaiting = isClaiming || dueAtMs <= performance.now();
      return isStopping || mayBeWaiting || running.size === concurrency ? undefined : reservePlace();
    },
    claimSoon() {
      dueAtMs = 0;
      wake();
    },
    countRunning: () => running.size,
    async stop() {
      isStopping = true;
      wake();
      for (const run of running) run.stop();
      const timer = setTimeout(() => {
        isLeaving = true;
        for (const run of running) run.leave();
      }, drainMs);
      await looping; // a claim in progress may still bring work
      await allDone();
      clearTimeout(timer);
    },
  };

  async function loop(): Promise<void> {
    while (!isStopping) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      if (claimInMs() === 0) {
        isClaiming = true;
        await fillPlaces();
        isClaiming = false;
      }
      const timer = new AbortController();
      const paused = sleep(claimInMs(), undefined, { signal: timer.signal }).catch(() => {});
      await Promise.race([woken, paused]);
      timer.abort();
    }
  }

  /** The time until the next claim. Without a free place it only matters that it is not 0. */
  function claimInMs(): number {
    if (running.size === concurrency) return pollMs;
    let claimAtMs = dueAtMs;
    if (freedAtMs !== undefined && running.size > 0) {
      const isHalfFree = running.size * 2 <= concurrency;
      claimAtMs = Math.max(dueAtMs, freedAtMs + (isHalfFree ? gatherMs : longestGatherMs));
    }
    return Math.max(0, Math.ceil(claimAtMs - performance.now()));
  }

  async function fillPlaces(): Promise<void> {
    freedAtMs = undefined;
    dueAtMs = performance.now() + pollMs; // or earlier, if `claimSoon` is called during the claim
    try {
      const { items, alone, againMs = pollMs } = await claim(concurrency - running.size);
      dueAtMs = Math.min(dueAtMs, performance.now() + againMs);
      for (const item of items) begin(item);
      if (alone === undefined) return;
      await begin(alone, allDone()).done;
      dueAtMs = 0; // other items may have waited for it
    } catch (error) {
      log.warn({ err: error }, `cannot claim ${name}`);
    }
  }

  function begin(item: Item, othersDone?: Promise<unknown>): Run {
    return occupy(startNow(item, othersDone));
  }

  function startNow(item: Item, othersDone?: Promise<unknown>): Run {
    const run = start(item, othersDone);
    if (isStopping) run.stop();
    if (isLeaving) run.leave();
    return run;
  }

  function occupy(run: Run): Run {
    running.add(run);
    void freePlace(run);
    return run;
  }

  /** Occupies a place with a run whose item comes later. */
  function reservePlace(): ReservedPlace<Item> {
    const { promise: done, resolve: release } = Promise.withResolvers<void>();
    let run: Run | undefined;
    occupy({ done, stop: () => run?.stop(), leave: () => (run === undefined ? release() : run.leave()) });
    return {
      release,
      begin(item) {
        run = startNow(item);
        void run.done.then(release);
      },
    };
  }

  async function freePlace(run: Run): Promise<void> {
    await run.done;
    running.delete(run);
    freedAtMs ??= performance.now();
    wake();
  }

  function allDone(): Promise<unknown> {
    return Promise.all(Array.from(running, ({ done }) => done));
  }
}
