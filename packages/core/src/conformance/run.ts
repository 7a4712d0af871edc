import { createCall } from "./call.ts";
import { CheckFailure, CheckSkipped } from "./check-failure.ts";
import type { Check, Site } from "./check.ts";
import type { ConformanceRuntime } from "./runtime.ts";
import type { ConformanceTarget } from "./target.ts";

/** The result of one check. */
export interface CheckResult {
  readonly id: string;
  readonly area: string;
  readonly requirement: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** Why it failed or was skipped; empty if it passed. */
  readonly message: string;
  readonly durationMs: number;
}

/** How to run the checks. */
export interface ConformanceOptions {
  readonly checks: readonly Check[];
  /** A short text that no earlier run on this server had; it is part of the names of users and agents. */
  readonly runId: string;
  /** The largest number of checks at a time. @default 8 */
  readonly concurrency?: number | undefined;
  /** Called after each check. */
  readonly onResult?: ((result: CheckResult) => void) | undefined;
}

const patienceMs = 20_000;
const longestPauseMs = 500;

/** Runs checks on a server. Resolves with a result for each, in the order of the checks. */
export async function runConformance(
  runtime: ConformanceRuntime,
  target: ConformanceTarget,
  { checks, runId, concurrency = 8, onResult = () => {} }: ConformanceOptions,
): Promise<readonly CheckResult[]> {
  const results = new Map<string, CheckResult>();
  const runAll = async (queue: Check[], lanes: number) => {
    const lane = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const result = await runCheck(runtime, target, next, runId);
        results.set(next.id, result);
        onResult(result);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };
  await runAll(
    checks.filter(({ isAlone }) => !isAlone),
    concurrency,
  );
  await runAll(
    checks.filter(({ isAlone }) => isAlone),
    1,
  );
  return checks.flatMap(({ id }) => results.get(id) ?? []);
}

async function runCheck(
  runtime: ConformanceRuntime,
  target: ConformanceTarget,
  { id, area, requirement, run }: Check,
  runId: string,
): Promise<CheckResult> {
  const startMs = runtime.now();
  const resultOf = (outcome: CheckResult["outcome"], message = "") => ({
    id,
    area,
    requirement,
    outcome,
    message,
    durationMs: Math.round(runtime.now() - startMs),
  });
  try {
    await run(createSite(runtime, target, `${runId}.${id}`));
    return resultOf("passed");
  } catch (error) {
    if (error instanceof CheckSkipped) return resultOf("skipped", error.message);
    if (error instanceof CheckFailure) return resultOf("failed", error.message);
    // Any other error is a fault of the check, and the message says so: the server may be right.
    return resultOf("failed", `the check itself broke: ${String(error)}`);
  }
}

function createSite(runtime: ConformanceRuntime, target: ConformanceTarget, name: string): Site {
  const { baseUrl, apiKey, orgId, batchKey = apiKey } = target;
  return {
    target,
    runtime,
    user: `user.${name}`,
    agent: `agent.${name}`,
    conversation: `talk.${name}`,
    ingest: createCall(runtime, baseUrl, { "x-api-key": apiKey, "x-org-id": orgId }),
    batch: createCall(runtime, baseUrl, { authorization: `Bearer ${batchKey}` }),
    bare: createCall(runtime, baseUrl, {}),
    async until(expected, read) {
      const deadlineMs = runtime.now() + patienceMs;
      for (let pauseMs = 20; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
        const value = await read();
        if (value !== undefined) return value;
        if (runtime.now() > deadlineMs)
          throw new CheckFailure(`expected within ${patienceMs / 1000} s: ${expected}`);
        await runtime.sleep(pauseMs);
      }
    },
  };
}
