// Measures the waits of the compared clients, on a simulated clock.
import { createClient, type TransportRequest } from "../src/index.ts";
import { expectedDelayMs, learnWait, type RecentWaits } from "../src/poll/expected-wait.ts";
import { ingestJobs } from "../src/testing/ingest-fixtures.ts";
import { createScriptedRuntime } from "../src/testing/scripted-runtime.ts";
import type { ScriptedReply } from "../src/testing/scripted-transport.ts";
import type { Random } from "./workloads.ts";

/** The cost of waiting for one job. */
export interface Wait {
  /** The time from the job's end until the client has the answer, in milliseconds. */
  readonly lagMs: number;
  /** The number of requests, without the one that created the job. */
  readonly requests: number;
}

/** Creates jobs with these durations, one after the other, and waits for each. */
export type Waiter = (durationsMs: readonly number[]) => Promise<Wait[]>;

/** How the server helps a waiting client: not at all, with `Retry-After`, or with long-polls. */
export type Help = "none" | "retry-after" | "long-poll";

const halfTripMs = 10;

/** The policy of the vendor's client: 500 ms, then 1.5 times the last delay, at most 5 s. */
export const waitAsVendor: Waiter = async (durationsMs) =>
  durationsMs.map((durationMs) => {
    let requests = 1;
    let pauseMs = 500;
    let askedMs = 2 * halfTripMs; // when the request reaches the server, counted from the creation of the job there
    while (askedMs < durationMs) {
      askedMs += 2 * halfTripMs + pauseMs;
      pauseMs = Math.min(pauseMs * 1.5, 5000);
      requests += 1;
    }
    return { lagMs: askedMs + halfTripMs - durationMs, requests };
  });

/** Our client. */
export function createWaiter(random: Random, help: Help): Waiter {
  return async (durationsMs) => {
    let durationMs = 0;
    let madeMs = 0;
    let recentMs: RecentWaits = [];
    const runtime = createScriptedRuntime(answer, { random });
    const { memories } = createClient(runtime, { apiKey: "key", orgId: "org" });
    const waits: Wait[] = [];
    for (durationMs of durationsMs) {
      const { id } = await memories.ingest({ messages: [], user_id: "ann", conv_id: "tea" });
      const before = runtime.requests.length;
      await memories.jobs.pollUntilDone(id, { timeoutMs: Infinity });
      waits.push({
        lagMs: runtime.now() - madeMs - durationMs,
        requests: runtime.requests.length - before,
      });
      recentMs = learnWait(recentMs, durationMs);
    }
    return waits;

    function answer({ method, headers }: TransportRequest): ScriptedReply {
      const askedMs = runtime.now() + halfTripMs;
      if (method === "POST") madeMs = askedMs;
      const endMs = madeMs + durationMs;
      const longPollMs =
        help === "long-poll" ? Number(/wait=(\d+)/.exec(headers["prefer"] ?? "")?.[1] ?? 0) * 1000 : 0;
      const answeredMs = Math.min(Math.max(askedMs, endMs), askedMs + longPollMs);
      const hasEnded = answeredMs >= endMs;
      return {
        json: hasEnded ? ingestJobs.succeeded : ingestJobs.running,
        headers: {
          ...(help === "long-poll" && { "preference-applied": `wait=${longPollMs / 1000}` }),
          ...(help === "retry-after" && !hasEnded && { "retry-after": retryAfter(answeredMs - madeMs) }),
        },
        takesMs: answeredMs + halfTripMs - runtime.now(),
      };
    }

    // The same estimate as in packages/server/src/jobs/wait-estimate.ts.
    function retryAfter(ageMs: number): string {
      const delayMs = expectedDelayMs(recentMs, ageMs) ?? ageMs / 2;
      return String(Math.min(30, Math.round(delayMs / 1000)));
    }
  };
}
