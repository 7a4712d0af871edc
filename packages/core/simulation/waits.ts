// What waiting for a job costs, by the clients that are compared, on a clock that only they move.
import { createClient, type TransportRequest } from "../src/index.ts";
import { batchJobs } from "../src/testing/batch-fixtures.ts";
import { createScriptedRuntime } from "../src/testing/scripted-runtime.ts";
import type { ScriptedReply } from "../src/testing/scripted-transport.ts";
import type { Random } from "./workloads.ts";

/** What it cost to wait for one job. */
export interface Wait {
  /** From the job's end until the client knows of it, in milliseconds. */
  readonly lagMs: number;
  readonly requests: number;
}

/** Waits for jobs that take so long, one after the other. */
export type Waiter = (durationsMs: readonly number[]) => Promise<Wait[]>;

const halfTripMs = 10;

/** The policy of the vendor's client: 500 ms, each pause half as long again, at most 5 s. */
export const waitAsVendor: Waiter = async (durationsMs) =>
  durationsMs.map((durationMs) => {
    let requests = 1;
    let pauseMs = 500;
    let askedMs = halfTripMs; // when the server hears the question
    while (askedMs < durationMs) {
      askedMs += 2 * halfTripMs + pauseMs;
      pauseMs = Math.min(pauseMs * 1.5, 5000);
      requests += 1;
    }
    return { lagMs: askedMs + halfTripMs - durationMs, requests };
  });

/** Our client, on a server that has only what the wire says, or on one that can hold its answers. */
export function createWaiter(random: Random, canHold: boolean): Waiter {
  return async (durationsMs) => {
    let endMs = 0;
    const runtime = createScriptedRuntime((request) => answer(request), { random });
    const { batch } = createClient(runtime, { apiKey: "key", orgId: "org" });
    const waits: Wait[] = [];
    for (const durationMs of durationsMs) {
      const before = runtime.requests.length;
      endMs = runtime.now() + durationMs;
      await batch.pollUntilDone(batchJobs.completed.id, { timeoutMs: Infinity });
      waits.push({ lagMs: runtime.now() - endMs, requests: runtime.requests.length - before });
    }
    return waits;

    function answer({ headers }: TransportRequest): ScriptedReply {
      const askedMs = runtime.now() + halfTripMs;
      const holdMs = canHold ? Number(/wait=(\d+)/.exec(headers["prefer"] ?? "")?.[1] ?? 0) * 1000 : 0;
      const answeredMs = Math.min(Math.max(askedMs, endMs), askedMs + holdMs);
      return {
        json: answeredMs < endMs ? batchJobs.processing : batchJobs.completed,
        headers: canHold ? { "preference-applied": `wait=${holdMs / 1000}` } : {},
        takesMs: answeredMs + halfTripMs - runtime.now(),
      };
    }
  };
}
