import { setTimeout as sleepFor } from "node:timers/promises";
import type { BackoffPolicy } from "@memlane/core";
import { retryDelayMs } from "@memlane/core/internal";
import { EndpointError } from "./endpoint-error.ts";

/** Waits. When the signal aborts, it rejects with the signal's reason. */
export type Sleep = (delayMs: number, signal: AbortSignal) => Promise<void>;

const policy: BackoffPolicy = { initialMs: 500, factor: 3, maximumMs: 10_000, jitter: 0.5 };

/** How a request is made and repeated. */
export interface RequestOptions {
  readonly signal: AbortSignal;
  /** How long one try may take, in milliseconds. */
  readonly timeoutMs: number;
  /** @default 3 */
  readonly tries?: number | undefined;
  readonly sleep?: Sleep | undefined;
}

/**
 * Makes a request, and repeats it if that may help. If `Retry-After` exceeds 10 s, it throws at once and lets the queue retry.
 *
 * @throws EndpointError of the last try, or the reason of the signal
 */
export async function request<Answer>(
  tryOnce: (signal: AbortSignal) => Promise<Answer>,
  { signal, timeoutMs, tries = 3, sleep = sleepAbortably }: RequestOptions,
): Promise<Answer> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await within(timeoutMs, signal, tryOnce);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof EndpointError) || !isWorthAnotherTry(error) || tried === tries) throw error;
      const delayMs = retryDelayMs(policy, tried - 1, Math.random(), error.retryAfterMs);
      if (delayMs > policy.maximumMs) throw error;
      await sleep(delayMs, signal);
    }
  }
}

function isWorthAnotherTry({ fault }: EndpointError): boolean {
  return fault === "unavailable" || fault === "unusable" || fault === "empty";
}

async function within<Answer>(
  timeoutMs: number,
  signal: AbortSignal,
  tryOnce: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await tryOnce(AbortSignal.any([signal, timeout]));
  } catch (error) {
    if (signal.aborted || !timeout.aborted) throw error;
    throw new EndpointError(
      "unavailable",
      `the model's endpoint did not answer within ${timeoutMs / 1000} s`,
    );
  }
}

async function sleepAbortably(delayMs: number, signal: AbortSignal): Promise<void> {
  await sleepFor(delayMs, undefined, { signal }).catch(() => signal.throwIfAborted());
}
