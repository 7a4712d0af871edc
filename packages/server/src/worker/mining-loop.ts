// Claims verbatim memories and mines them.
import { memoryIds } from "@memlane/core";
import type { Logger } from "pino";
import type { RecordAudit } from "../audit/audit-log.ts";
import type { Database } from "../database/database.ts";
import { retryTransient } from "../database/retry-transient.ts";
import type { TextStages } from "../pipeline/text-stages.ts";
import { startClaimLoop, type Run } from "../queue/claim-loop.ts";
import type { JobSignals } from "../jobs/job-signals.ts";
import { claimMemories, giveBackMemories, renewMining, type ClaimedMemory } from "../store/mining.ts";
import { LeaseLostError } from "./lease-lost-error.ts";
import { mineMemories } from "./mine-memories.ts";
import { afterFailure } from "./retry-policy.ts";

/** The parts that mining uses, and its settings. */
export interface MiningOptions {
  readonly database: Database;
  readonly textStages: TextStages;
  readonly signals: Pick<JobSignals, "onQueued">;
  readonly audit: RecordAudit;
  readonly log: Logger;
  readonly leaseMs: number;
  /** A memory stays unmined after this many counted attempts. */
  readonly maximumAttempts: number;
  /** How long one attempt may take, in milliseconds. */
  readonly attemptMs: number;
}

/** The running mining of a worker. */
export interface Mining {
  /** Claims nothing more, gives back what is being mined, and resolves when nothing runs. */
  readonly stop: () => Promise<void>;
}

const concurrency = 2; // conversations have more places, because their clients wait for them
const pollMs = 500;

/** Starts to mine memories. */
export function startMining(options: MiningOptions): Mining {
  const { database, signals, log, leaseMs } = options;
  let cursor = ""; // the last organisation of the last claim
  const loop = startClaimLoop<readonly ClaimedMemory[]>({
    name: "memories to mine",
    concurrency,
    pollMs,
    drainMs: 0, // the `stop` of a run already gives its memories back
    log,
    async claim(limit) {
      const after = cursor;
      const perOrg = Map.groupBy(
        await claimMemories(database, { limit, leaseMs, after }),
        ({ orgId }) => orgId,
      );
      // If the claim is not full, the next claim starts again with the first organisation.
      cursor = perOrg.size === limit ? [...perOrg.keys()].toSorted().at(-1)! : "";
      return { items: [...perOrg.values()], againMs: perOrg.size > 0 || cursor !== after ? 0 : pollMs };
    },
    start: (memories) => startMiningRun(options, memories),
  });
  const stopHearing = signals.onQueued(loop.claimSoon);
  return {
    async stop() {
      stopHearing();
      await loop.stop();
    },
  };
}

/** Mines memories of one user under their leases, the memories of each agent and run together. */
function startMiningRun(options: MiningOptions, claimed: readonly ClaimedMemory[]): Run {
  const { database, textStages, audit, log, leaseMs, attemptMs, maximumAttempts } = options;
  const stopping = new AbortController();
  const groups = Map.groupBy(
    claimed.toSorted((one, other) => one.saidAt.getTime() - other.saidAt.getTime()),
    ({ agentId, runId }) => JSON.stringify([agentId, runId]),
  );
  const waiting = new Set(claimed);

  async function run(): Promise<void> {
    const beat = setInterval(() => {
      renewMining(database, [...waiting], leaseMs).catch((error: unknown) =>
        log.warn({ err: error }, "cannot renew the leases of memories to mine"),
      );
    }, leaseMs / 3);
    try {
      for (const [first, ...others] of groups.values()) {
        if (first === undefined) continue;
        const memories = [first, ...others] as const;
        await mine(memories);
        for (const memory of memories) waiting.delete(memory);
      }
    } catch (error) {
      log.warn({ err: error }, "cannot give memories back: their leases will run out");
    } finally {
      clearInterval(beat);
    }
  }

  async function mine(memories: readonly [ClaimedMemory, ...ClaimedMemory[]]): Promise<void> {
    const giveBack = (next: Parameters<typeof giveBackMemories>[2]) =>
      retryTransient(
        () => giveBackMemories(database, memories, next),
        () => stopping.signal.aborted,
      );
    if (stopping.signal.aborted) return giveBack({ delayMs: 0, isCounted: false, isLast: false });
    const ids = memories.map(({ id }) => memoryIds.print(id));
    try {
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(attemptMs)]);
      await mineMemories({ database, textStages, memories, audit, signal });
      log.debug({ memories: ids }, "memories mined");
    } catch (error) {
      // A client changed or deleted one of them. The others are claimed again.
      if (stopping.signal.aborted || error instanceof LeaseLostError)
        return giveBack({ delayMs: 0, isCounted: false, isLast: false });
      const next = afterFailure(error, memories[0], maximumAttempts, Math.random());
      // Together with others, a memory does not fail for good: it is tried again alone.
      const isLast = next.type === "fail" && memories.length === 1;
      log.warn({ memories: ids, isLast, err: error }, "cannot mine memories");
      return giveBack({
        delayMs: next.type === "fail" ? 0 : next.delayMs,
        isCounted: next.type === "fail" || next.isCounted,
        isLast,
      });
    }
  }

  return { done: run(), stop: () => stopping.abort(), leave: () => stopping.abort() };
}
