// Records the exchanges of a run, check by check, and plays them back with a planted fault and without a server.
import { AsyncLocalStorage } from "node:async_hooks";
import {
  runConformance,
  type Check,
  type CheckResult,
  type ConformanceTarget,
} from "@memlane/core/conformance";
import { nodeRuntime } from "./subject.ts";

/** A complete answer. The body is parsed if it is JSON. */
export interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // oxlint-disable-next-line typescript/no-explicit-any -- a fault changes any part of it
  readonly body: any;
}

interface Exchange {
  /** Method, URL and body. */
  readonly request: string;
  /** Method and path, for a fault. */
  readonly route: string;
  readonly answer: RecordedAnswer;
}

/** The exchanges of each check, by its id. */
export type Recording = ReadonlyMap<string, readonly Exchange[]>;

/** Changes an answer, or returns undefined to leave it. */
export type Fault = (route: string, answer: RecordedAnswer) => Partial<RecordedAnswer> | undefined;

type Fetch = typeof nodeRuntime.fetch;

const current = new AsyncLocalStorage<string>();

/** The same checks, during which `current` is the id of the check. */
const followed = (checks: readonly Check[]): readonly Check[] =>
  checks.map((check) => ({ ...check, run: (site) => current.run(check.id, () => check.run(site)) }));

const nameRequest: (...parameters: Parameters<Fetch>) => string = (url, { method, body }) =>
  [method, url, body].join(" ");

/** Runs the checks on a server. */
export async function recordRun(checks: readonly Check[], target: ConformanceTarget) {
  const recording = new Map<string, Exchange[]>();
  const fetchAndRecord: Fetch = async (url, request) => {
    const response = await fetch(url, request);
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") && text !== "";
    const answer = {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: isJson ? JSON.parse(text) : text,
    };
    const id = current.getStore() ?? "";
    const exchanges = recording.get(id) ?? [];
    recording.set(id, exchanges);
    exchanges.push({
      request: nameRequest(url, request),
      route: `${request.method} ${url.slice(target.baseUrl.length)}`,
      answer,
    });
    return responseOf(answer);
  };
  const results = await runConformance({ ...nodeRuntime, fetch: fetchAndRecord }, target, {
    checks: followed(checks),
    runId: "test",
  });
  return { results, recording };
}

/** Runs the checks on a recording, with a fault. Each check has its own clock, which its sleeps move. */
export function replayRun(
  checks: readonly Check[],
  target: ConformanceTarget,
  recording: Recording,
  fault: Fault,
): Promise<readonly CheckResult[]> {
  const clocks = new Map<string, number>();
  const nowMs = () => clocks.get(current.getStore() ?? "") ?? 0;
  const left = new Map(Array.from(recording, ([id, exchanges]) => [id, [...exchanges]]));
  const fetchRecorded: Fetch = async (url, request) => {
    const id = current.getStore() ?? "";
    const name = nameRequest(url, request);
    const fits = (exchange: Exchange) => exchange.request === name;
    // A request that is repeated more often than it was recorded gets the last answer again.
    const waiting = left.get(id) ?? [];
    const index = waiting.findIndex(fits);
    const exchange = index >= 0 ? waiting.splice(index, 1)[0] : recording.get(id)?.findLast(fits);
    if (exchange === undefined) throw new Error(`${name} was not recorded`);
    return responseOf({ ...exchange.answer, ...fault(exchange.route, exchange.answer) });
  };
  const runtime = {
    ...nodeRuntime,
    fetch: fetchRecorded,
    now: nowMs,
    sleep: async (delayMs: number) => {
      clocks.set(current.getStore() ?? "", nowMs() + delayMs);
    },
  };
  return runConformance(runtime, target, { checks: followed(checks), runId: "test" });
}

/** The checks that get an answer which the fault changes. The others would have the results of the recording. */
export function checksWith(fault: Fault, checks: readonly Check[], recording: Recording): readonly Check[] {
  return checks.filter(({ id }) =>
    recording.get(id)?.some(({ route, answer }) => fault(route, answer) !== undefined),
  );
}

function responseOf({ status, headers, body }: RecordedAnswer): Awaited<ReturnType<Fetch>> {
  return {
    status,
    headers: { get: (name) => headers[name.toLowerCase()] ?? null },
    text: async () => (typeof body === "string" ? body : JSON.stringify(body)),
  };
}
