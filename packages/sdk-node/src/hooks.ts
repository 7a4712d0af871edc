import type { MemlaneError } from "@memlane/core";

/** One attempt to send a request; contains no secret. */
export interface RequestAttempt {
  /** Such as `GET`. */
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  /** The request's id in the server's log, the same for every attempt. */
  readonly requestId: string | undefined;
  /** The number of the attempt, from 1. */
  readonly attempt: number;
}

/** Callbacks to count, trace or log requests. They must not throw: it would count as a lost answer. */
export interface ClientHooks {
  /** A request is sent. */
  readonly onRequest?: ((request: RequestAttempt) => void) | undefined;
  /** The request was answered, perhaps with an error; `durationMs` includes the body. */
  readonly onResponse?:
    | ((request: RequestAttempt, answer: { readonly status: number; readonly durationMs: number }) => void)
    | undefined;
  /** The request will be sent again after the delay; `status` is null if it was not answered. */
  readonly onRetry?:
    | ((request: RequestAttempt, retry: { readonly status: number | null; readonly delayMs: number }) => void)
    | undefined;
  /** The call ends without an answer. */
  readonly onError?: ((request: RequestAttempt, error: MemlaneError) => void) | undefined;
}

/** A log for requests; `console` fits. */
export interface Logger {
  /** Called for each answer. */
  readonly debug: (message: string, fields: object) => void;
  /** Called for each retry, and for each call without an answer. */
  readonly warn: (message: string, fields: object) => void;
}

/** Adds a logger to the hooks: answers are `debug`, retries and failures are `warn`. */
export function withLogger(hooks: ClientHooks, logger: Logger | undefined): ClientHooks {
  if (logger === undefined) return hooks;
  return {
    onRequest: hooks.onRequest,
    onResponse: (request, answer) => {
      logger.debug(`memlane: ${request.method} ${request.path} ${answer.status}`, { ...request, ...answer });
      hooks.onResponse?.(request, answer);
    },
    onRetry: (request, retry) => {
      const reason = retry.status === null ? "was not answered" : `was answered with ${retry.status}`;
      const message = `memlane: ${request.method} ${request.path} ${reason}, again in ${Math.round(retry.delayMs)} ms`;
      logger.warn(message, { ...request, ...retry });
      hooks.onRetry?.(request, retry);
    },
    onError: (request, error) => {
      logger.warn(`memlane: ${error.message}`, { ...request, code: error.code });
      hooks.onError?.(request, error);
    },
  };
}
