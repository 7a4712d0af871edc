// Makes one attempt of a delivery, and records it.
import type { LookupFunction } from "node:net";
import { SpanKind } from "@opentelemetry/api";
import type { Logger } from "pino";
import type { Database } from "../database/database.ts";
import { retryTransient } from "../database/retry-transient.ts";
import type { Run } from "../queue/claim-loop.ts";
import { putBackDelivery, recordAttempt, type ClaimedDelivery } from "../store/webhook-deliveries.ts";
import { failSpan, inSpan } from "../tracing/in-span.ts";
import { contextOfHeaders, currentTraceHeaders } from "../tracing/trace-headers.ts";
import { describeDeliveryFault } from "./describe-delivery-fault.ts";
import { post } from "./post.ts";
import { afterAttempt, isSuccess, type Outcome } from "./retry-policy.ts";
import { signedHeaders } from "./signed-headers.ts";

/** What all deliveries of a process share. */
export interface DeliveryContext {
  readonly database: Database;
  readonly log: Logger;
  /** Whether receivers may be at addresses that are not public. */
  readonly allowPrivate: boolean;
  /** Finds the address of a receiver. */
  readonly lookup: LookupFunction;
  /** How long a receiver may take to answer, in milliseconds. */
  readonly timeoutMs: number;
  /** The delay after the first attempt, in milliseconds. */
  readonly retryMs: number;
  readonly leaseMs: number;
  /** Gets the duration of the attempt when it is recorded. */
  readonly onEnd: (tookMs: number) => void;
}

const longestError = 500;

/** Starts an attempt. If `leave` is called before the answer, the delivery is put back and the attempt does not count. */
export function startDelivery(context: DeliveryContext, delivery: ClaimedDelivery): Run {
  const { database, log, allowPrivate, lookup, timeoutMs, retryMs, leaseMs, onEnd } = context;
  const { id, orgId, attempts } = delivery;
  const startedMs = performance.now();
  let tookMs = 0;
  const ending = new AbortController();
  let isLeaving = false;
  const span = { kind: SpanKind.CLIENT, attributes: { "memlane.delivery": id } };
  return {
    done: inSpan("deliver webhook", span, deliver, contextOfHeaders(delivery.trace)),
    stop() {}, // an attempt has no safe point before its end
    leave() {
      isLeaving = true;
      ending.abort();
    },
  };

  /** Never rejects. */
  async function deliver(): Promise<void> {
    const about = { delivery: id, org: orgId, attempt: attempts };
    try {
      const outcome = await attempt();
      tookMs = performance.now() - startedMs;
      if (outcome === "cut short") return await write(() => putBackDelivery(database, delivery));
      const next = afterAttempt(outcome, attempts, {
        initialMs: retryMs,
        nowMs: Date.now(),
        random: Math.random(),
      });
      const record = {
        state: next.state,
        delayMs: next.state === "pending" ? next.delayMs : 0,
        responseStatus: "status" in outcome ? outcome.status : null,
        error: errorOf(outcome),
      };
      if (record.error !== null) failSpan(record.error);
      await write(() => recordAttempt(database, delivery, record));
      log.info({ ...about, ...record }, "webhook delivery attempted");
    } catch (error) {
      log.warn(
        { ...about, err: error },
        "cannot record a webhook delivery; it is sent again when its lease runs out",
      );
    } finally {
      onEnd(tookMs);
    }
  }

  async function attempt(): Promise<Outcome | "cut short"> {
    const { event, body, url, secret } = delivery;
    if (url === null || secret === null) return { error: "there is no enabled webhook", isFinal: true };
    const timer = setTimeout(() => ending.abort(), timeoutMs);
    try {
      const headers = {
        ...currentTraceHeaders(),
        ...signedHeaders({ id, event, body, secret, now: new Date() }),
      };
      return await post({ url, headers, body, allowPrivate, lookup, signal: ending.signal });
    } catch (error) {
      if (isLeaving) return "cut short";
      if (ending.signal.aborted) return { error: `no answer within ${timeoutMs / 1000} s` };
      log.info({ delivery: id, org: orgId, err: error }, "cannot reach a receiver");
      return { error: describeDeliveryFault(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  function write(work: () => Promise<void>): Promise<void> {
    return retryTransient(work, () => isLeaving || performance.now() > startedMs + leaseMs);
  }
}

/** Why an attempt did not succeed, as the log of deliveries shows it. */
function errorOf(outcome: Outcome): string | null {
  if (isSuccess(outcome)) return null;
  return "error" in outcome
    ? outcome.error.slice(0, longestError)
    : `the receiver answered ${outcome.status}`;
}
