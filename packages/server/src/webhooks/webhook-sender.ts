import { setTimeout as sleep } from "node:timers/promises";
import { SpanKind } from "@opentelemetry/api";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { retryTransient } from "../database/retry-transient.ts";
import {
  claimDeliveries,
  deleteEndedDeliveries,
  putBackDelivery,
  recordAttempt,
  type ClaimedDelivery,
} from "../store/webhook-deliveries.ts";
import { failSpan, inSpan } from "../tracing/in-span.ts";
import { contextOfHeaders, currentTraceHeaders } from "../tracing/trace-headers.ts";
import { describeFault } from "./describe-fault.ts";
import { post } from "./post.ts";
import { createReceiverLookup } from "./receiver-lookup.ts";
import { createResolveHost, type ResolveHost } from "./resolve-host.ts";
import { signedHeaders } from "./signed-headers.ts";
import { judge, type Outcome, type RetryRules } from "./verdict.ts";

/** How deliveries are made. */
export interface WebhookSenderOptions {
  /** Whether receivers may be at addresses that are not public. @default false */
  readonly allowPrivate?: boolean | undefined;
  /** How long a receiver may take to answer, in milliseconds. @default 15_000 */
  readonly timeoutMs?: number | undefined;
  /** The delay before the second attempt, in milliseconds; each further one is four times as long. @default 5000 */
  readonly retryMs?: number | undefined;
  /** How receivers' names are resolved. @default by the DNS of the system; by local names, too, where private ones are allowed */
  readonly resolveHost?: ResolveHost | undefined;
}

/** What makes the deliveries of this process. */
export interface WebhookSender {
  /** Begins no more, cuts short what takes too long and puts it back, and resolves when nothing runs. */
  readonly stop: () => Promise<void>;
}

const concurrency = 64; // each is a socket that waits
// So that a slow receiver does not delay others, an organisation gets a part of the places, and only one if it is slow.
const concurrencyPerOrg = 4;
const concurrencyPerSlowOrg = 1;
const slowMs = 5000;
const pollMs = 500;
const drainMs = 2000;
const sweepMs = 60_000;
const keepMs = 7 * 24 * 3_600_000;
const maximumAttempts = 10; // with the delays below, they take about a day
const longestDelayMs = 8 * 3_600_000;

/** Starts to make the deliveries that are due. */
export function startWebhookSender(
  database: Database,
  log: Logger,
  {
    allowPrivate = false,
    timeoutMs = 15_000,
    retryMs = 5000,
    resolveHost = createResolveHost({ knowsLocalNames: allowPrivate }),
  }: WebhookSenderOptions = {},
): WebhookSender {
  // It outlasts every attempt, so it needs no renewal.
  const leaseMs = 2 * timeoutMs + 1000;
  const rules: RetryRules = {
    maximumAttempts,
    backoff: { initialMs: retryMs, factor: 4, maximumMs: longestDelayMs, jitter: 0.2 },
  };
  const lookup = createReceiverLookup(resolveHost, allowPrivate);
  const stopping = new AbortController();
  const underWay = new Set<AbortController>(); // with one signal for all, its listeners would pile up
  let isCutting = false;
  const running = new Map<Promise<void>, string>(); // with the organisation
  const slowOrgs = new Set<string>(); // whose last attempt took long
  let claimAfter = ""; // the last organisation of the last claim
  let wake = () => {};
  const loops = [loop(), sweep()];

  return {
    async stop() {
      stopping.abort();
      wake();
      await Promise.all(loops); // a claim that was under way may still bring deliveries
      const timer = setTimeout(() => {
        isCutting = true;
        for (const ending of underWay) ending.abort();
      }, drainMs);
      await Promise.all(running.keys());
      clearTimeout(timer);
    },
  };

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const after = claimAfter;
      const claimed = await claim();
      for (const delivery of claimed) {
        const options = { kind: SpanKind.CLIENT, attributes: { "memlane.delivery": delivery.id } };
        const parent = contextOfHeaders(delivery.trace);
        const work = inSpan("deliver webhook", options, () => deliver(delivery), parent).finally(() => {
          running.delete(work);
          wake();
        });
        running.set(work, delivery.orgId);
      }
      if (claimed.length > 0 || claimAfter !== after) continue; // there may be more
      const timer = new AbortController();
      await Promise.race([woken, sleep(pollMs, undefined, { signal: timer.signal }).catch(() => {})]);
      timer.abort();
    }
  }

  async function claim(): Promise<ClaimedDelivery[]> {
    const limit = concurrency - running.size;
    if (limit === 0) return [];
    try {
      const places = freePlaces();
      const others = concurrencyPerOrg;
      const claimed = await claimDeliveries(database, { limit, leaseMs, after: claimAfter, places, others });
      // If no organisation comes after it, the next round begins.
      claimAfter = claimed.length === limit ? claimed.at(-1)!.orgId : "";
      return claimed;
    } catch (error) {
      log.warn({ err: error }, "cannot claim webhook deliveries");
      return [];
    }
  }

  /** How many more deliveries may run for each organisation that is slow or has some in progress. */
  function freePlaces(): ReadonlyMap<string, number> {
    const taken = Map.groupBy(running.values(), (orgId) => orgId);
    const orgIds = new Set([...taken.keys(), ...slowOrgs]);
    return new Map(
      Array.from(orgIds, (orgId) => {
        const most = slowOrgs.has(orgId) ? concurrencyPerSlowOrg : concurrencyPerOrg;
        return [orgId, Math.max(0, most - (taken.get(orgId)?.length ?? 0))];
      }),
    );
  }

  /** Makes one attempt and writes down what came of it. Never rejects. */
  async function deliver(delivery: ClaimedDelivery): Promise<void> {
    const { id, attempts } = delivery;
    const context = { delivery: id, org: delivery.orgId, attempt: attempts };
    const startedMs = performance.now();
    const write = (work: () => Promise<void>) =>
      retryTransient(work, () => isCutting || performance.now() > startedMs + leaseMs);
    try {
      const outcome = await attempt(delivery);
      if (performance.now() - startedMs > slowMs) slowOrgs.add(delivery.orgId);
      else slowOrgs.delete(delivery.orgId);
      if (outcome === "cut short") return await write(() => putBackDelivery(database, delivery));
      const verdict =
        outcome === "nowhere"
          ? ({ state: "failed" } as const)
          : judge(outcome, attempts, rules, Date.now(), Math.random());
      const record = {
        state: verdict.state,
        delayMs: verdict.state === "pending" ? verdict.delayMs : 0,
        ...describe(outcome),
      };
      if (record.error !== null) failSpan(record.error);
      await write(() => recordAttempt(database, delivery, record));
      log.info({ ...context, ...record }, "webhook delivery attempted");
    } catch (error) {
      log.warn({ ...context, err: error }, "cannot record a webhook delivery: its lease will run out");
    }
  }

  async function attempt({
    id,
    orgId,
    event,
    body,
    url,
    secret,
  }: ClaimedDelivery): Promise<Outcome | "nowhere" | "cut short"> {
    if (url === null || secret === null) return "nowhere";
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), timeoutMs);
    underWay.add(ending);
    try {
      const headers = signedHeaders({ id, event, body, secret, now: new Date() });
      return await post({
        url,
        headers: { ...currentTraceHeaders(), ...headers },
        body,
        allowPrivate,
        lookup,
        signal: ending.signal,
      });
    } catch (error) {
      if (isCutting) return "cut short";
      if (ending.signal.aborted) return { error: `no answer within ${timeoutMs / 1000} s` };
      log.info({ delivery: id, org: orgId, err: error }, "cannot reach a receiver");
      return { error: describeFault(error) };
    } finally {
      clearTimeout(timer);
      underWay.delete(ending);
    }
  }

  async function sweep(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        while ((await deleteEndedDeliveries(database, keepMs, 1000)) === 1000);
      } catch (error) {
        log.debug({ err: error }, "cannot sweep webhook deliveries");
      }
      await sleep(sweepMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }
}

/** An attempt as the log of deliveries tells it. */
function describe(outcome: Outcome | "nowhere"): { responseStatus: number | null; error: string | null } {
  if (outcome === "nowhere") return { responseStatus: null, error: "there is no enabled webhook" };
  if ("error" in outcome) return { responseStatus: null, error: outcome.error.slice(0, 500) };
  const { status } = outcome;
  const isSuccess = status >= 200 && status < 300;
  return { responseStatus: status, error: isSuccess ? null : `the receiver answered ${status}` };
}
