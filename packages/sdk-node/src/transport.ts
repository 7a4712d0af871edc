import {
  MemlaneError,
  type BackoffPolicy,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from "@memlane/core";
import { parseRetryAfter } from "@memlane/core/internal";
import { abortable } from "./abortable.ts";
import type { ClientHooks, RequestAttempt } from "./hooks.ts";
import { rootCause } from "./root-cause.ts";
import { delayToRetryMs, type FailedAttempt } from "./retry.ts";
import { longestTimerMs, sleep } from "./sleep.ts";
import { version } from "./version.ts";

/** Sends one request; the global `fetch` fits, and so does a Hono app's `request`. */
export type Fetch = (request: Request) => Response | Promise<Response>;

/** Settings of a transport. */
export interface TransportSettings {
  readonly baseUrl: string;
  readonly fetch: Fetch;
  /** How long a call without its own timeout may take, in milliseconds. */
  readonly timeoutMs: number;
  /** How long one attempt of a call may take if we repeat it, in milliseconds. @default the call's timeout */
  readonly requestTimeoutMs?: number | undefined;
  readonly maximumRetries: number;
  /** How the delays between retries grow. @default 250 ms, doubled each time, 5 s at most */
  readonly backoff?: BackoffPolicy | undefined;
  readonly hooks?: ClientHooks | undefined;
}

/** A transport over `fetch`: repeats a request if that is safe and can help, within its time. */
export function createTransport(settings: TransportSettings): Transport {
  // Called without `this`, because the fetch of some runtimes refuses any other.
  const { fetch, hooks = {}, maximumRetries, backoff } = settings;
  return async (request) => {
    const timeoutMs = Math.min(request.timeoutMs ?? settings.timeoutMs, longestTimerMs);
    const deadlineMs = performance.now() + timeoutMs;
    let attempt = describeAttempt(request, 0);

    // An attempt includes its body, so that timeout, abort and retries cover the body too.
    const sendOnce = async (signal: AbortSignal): Promise<TransportResponse> => {
      attempt = describeAttempt(request, attempt.attempt + 1);
      hooks.onRequest?.(attempt);
      const startMs = performance.now();
      const response = await fetch(requestOf(request, settings.baseUrl, signal));
      const { status, headers } = response;
      const body = await response.text();
      hooks.onResponse?.(attempt, { status, durationMs: performance.now() - startMs });
      return { status, header: (name) => headers.get(name), body };
    };

    const sendWithRetries = async (signal: AbortSignal): Promise<TransportResponse> => {
      for (;;) {
        const limitMs = attemptTimeoutMs(request, settings, deadlineMs - performance.now());
        const outcome = await attemptWithin(limitMs, signal, sendOnce);
        const remainingMs = deadlineMs - performance.now();
        const mayRepeat = request.retry !== "never" && attempt.attempt <= maximumRetries && !signal.aborted;
        const failed = describeFailure(request, outcome, attempt.attempt - 1, remainingMs);
        const delayMs = mayRepeat && failed ? delayToRetryMs(failed, Math.random(), backoff) : undefined;
        if (delayMs === undefined) {
          if ("answer" in outcome) return outcome.answer;
          throw errorOf(outcome, request, timeoutMs);
        }
        hooks.onRetry?.(attempt, { status: failed?.status ?? null, delayMs });
        await sleep(delayMs, signal);
      }
    };

    return abortable(request.signal, sendWithRetries).catch((error: unknown) => {
      if (MemlaneError.is(error) && attempt.attempt > 0) hooks.onError?.(attempt, error);
      throw error;
    });
  };
}

/** How one attempt ended. */
type Outcome =
  | { readonly answer: TransportResponse }
  | { readonly error: unknown; readonly isTimeout: boolean };

function describeAttempt({ method, path, headers }: TransportRequest, attempt: number): RequestAttempt {
  return { method, path, requestId: headers["x-request-id"], attempt };
}

function requestOf(request: TransportRequest, baseUrl: string, signal: AbortSignal): Request {
  const { method, path, query, headers, body } = request;
  const search = new URLSearchParams(query).toString();
  return new Request(`${baseUrl.replace(/\/$/, "")}${path}${search && `?${search}`}`, {
    method,
    headers: { "user-agent": `memlane-sdk-node/${version}`, ...headers },
    ...(body !== undefined && { body }),
    // A redirect would send the key to another address, and turn a POST into a GET.
    redirect: "manual",
    signal,
  });
}

/** A request that its caller repeats has its own timeout already. */
function attemptTimeoutMs(
  { retry }: TransportRequest,
  { requestTimeoutMs = Infinity }: TransportSettings,
  remainingMs: number,
): number {
  return retry === "never" ? remainingMs : Math.min(requestTimeoutMs, remainingMs);
}

async function attemptWithin(
  limitMs: number,
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<TransportResponse>,
): Promise<Outcome> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limitMs);
  try {
    return { answer: await abortable(AbortSignal.any([signal, limit.signal]), send) };
  } catch (error) {
    return { error, isTimeout: limit.signal.aborted };
  } finally {
    clearTimeout(timer);
  }
}

/** Undefined if the attempt did not fail. */
function describeFailure(
  request: TransportRequest,
  outcome: Outcome,
  attempt: number,
  remainingMs: number,
): FailedAttempt | undefined {
  const answer = "answer" in outcome ? outcome.answer : undefined;
  if (answer !== undefined && answer.status < 400) return undefined;
  return {
    isRepeatable: request.method === "GET" || "idempotency-key" in request.headers,
    status: answer?.status,
    retryAfterMs: parseRetryAfter(answer?.header("retry-after"), Date.now()),
    attempt,
    remainingMs,
  };
}

function errorOf(
  { error, isTimeout }: { readonly error: unknown; readonly isTimeout: boolean },
  { method, path }: TransportRequest,
  timeoutMs: number,
): MemlaneError {
  if (isTimeout) {
    const message = `${method} ${path}: no answer within ${timeoutMs} ms`;
    return new MemlaneError({ code: "timeout", message, cause: error });
  }
  const message = `${method} ${path}: no answer, ${rootCause(error)}`;
  return new MemlaneError({ code: "network_error", message, cause: error });
}
