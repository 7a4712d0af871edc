import {
  MemlaneError,
  type BackoffPolicy,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from "@memlane/core";
import { parseRetryAfter } from "@memlane/core/internal";
import ky, { HTTPError, TimeoutError, type RetryOptions } from "ky";
import { abortable } from "./abortable.ts";
import type { ClientHooks, RequestAttempt } from "./hooks.ts";
import { messageOfRootCause } from "./root-cause.ts";
import { delayToRetryMs } from "./retry.ts";
import { longestTimerMs } from "./sleep.ts";
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

/** A transport with ky over `fetch`. */
export function createTransport(settings: TransportSettings): Transport {
  const send = ky.create({
    prefix: settings.baseUrl,
    headers: { "user-agent": `memlane-sdk-node/${version}` },
    // A redirect would send the key to another address, and turn a POST into a GET.
    redirect: "manual",
    // Keep the body of an error as text in `data`.
    parseJson: (text) => text,
  });

  // Called without `this`, because the fetch of some runtimes refuses any other.
  const { fetch, hooks = {} } = settings;
  return async (request) => {
    let attempt = describeAttempt(request, 0);
    const answered = abortable(request.signal, async (signal) => {
      const timeoutMs = Math.min(request.timeoutMs ?? settings.timeoutMs, longestTimerMs);
      try {
        const response = await send(request.path, {
          method: request.method,
          searchParams: request.query,
          headers: request.headers,
          ...(request.body !== undefined && { body: request.body }),
          signal,
          totalTimeout: timeoutMs,
          timeout: attemptTimeoutMs(request, settings, timeoutMs),
          retry: retryOptions(request, settings, signal, performance.now() + timeoutMs, (retry) =>
            hooks.onRetry?.(attempt, retry),
          ),
          // An attempt includes its body, so that timeout, abort and retries cover the body too. ky always
          // passes a Request.
          fetch: async (sent) => {
            attempt = describeAttempt(request, attempt.attempt + 1);
            hooks.onRequest?.(attempt);
            const startMs = performance.now();
            const whole = await wholeResponse(await fetch(sent as Request));
            hooks.onResponse?.(attempt, { status: whole.status, durationMs: performance.now() - startMs });
            return whole;
          },
        });
        return answer(response, await response.text());
      } catch (error) {
        if (error instanceof HTTPError) return answer(error.response, String(error.data ?? ""));
        throw errorOf(error, request, { ...settings, timeoutMs });
      }
    });
    return answered.catch((error: unknown) => {
      if (MemlaneError.is(error) && attempt.attempt > 0) hooks.onError?.(attempt, error);
      throw error;
    });
  };
}

function describeAttempt({ method, path, headers }: TransportRequest, attempt: number): RequestAttempt {
  return { method, path, requestId: headers["x-request-id"], attempt };
}

/** A request that its caller repeats has its own timeout already. */
function attemptTimeoutMs(
  { retry }: TransportRequest,
  { requestTimeoutMs = Infinity }: TransportSettings,
  timeoutMs: number,
): number | false {
  return retry !== "never" && requestTimeoutMs < timeoutMs ? requestTimeoutMs : false;
}

async function wholeResponse(response: Response): Promise<Response> {
  const text = await response.text();
  const { status, statusText, headers } = response;
  const whole = new Response(text === "" ? null : text, { status, statusText, headers });
  // ky sets `json`. A program's server may have replaced the global Response by a class whose `json` cannot be set.
  return Object.defineProperty(whole, "json", { value: undefined, writable: true });
}

function answer(response: Response, body: string): TransportResponse {
  return { status: response.status, header: (name) => response.headers.get(name), body };
}

/** ky's retries with our decision: ky asks whether to retry, and then for the delay. */
function retryOptions(
  request: TransportRequest,
  settings: TransportSettings,
  signal: AbortSignal,
  deadlineMs: number,
  onRetry: (retry: { readonly status: number | null; readonly delayMs: number }) => void,
): RetryOptions {
  if (request.retry === "never") return { limit: 0 };
  let delayMs: number | undefined;
  return {
    limit: settings.maximumRetries,
    methods: [request.method.toLowerCase()],
    shouldRetry: ({ error, retryCount }) => {
      if (signal.aborted) return false;
      const response = error instanceof HTTPError ? error.response : undefined;
      const failed = {
        isRepeatable: request.method === "GET" || "idempotency-key" in request.headers,
        status: response?.status,
        retryAfterMs: parseRetryAfter(response?.headers.get("retry-after"), Date.now()),
        attempt: retryCount - 1,
        remainingMs: deadlineMs - performance.now(),
      };
      delayMs = delayToRetryMs(failed, Math.random(), settings.backoff);
      if (delayMs !== undefined) onRetry({ status: failed.status ?? null, delayMs });
      return delayMs !== undefined;
    },
    delay: () => delayMs ?? 0,
  };
}

function errorOf(
  error: unknown,
  { method, path }: TransportRequest,
  { baseUrl, timeoutMs }: Pick<TransportSettings, "baseUrl" | "timeoutMs">,
): MemlaneError {
  const isTimeout = error instanceof TimeoutError;
  const reason = isTimeout ? ` within ${timeoutMs} ms` : `, ${messageOfRootCause(error)}`;
  return new MemlaneError({
    code: isTimeout ? "timeout" : "network_error",
    message: `${method} ${baseUrl.replace(/\/$/, "")}${path}: no answer${reason}`,
    cause: error,
  });
}
