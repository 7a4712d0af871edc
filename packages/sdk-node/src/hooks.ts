import type { MemlaneError } from "@memlane/core";

/** One request on its way to the server; nothing in it is secret. */
export interface RequestAttempt {
  /** Such as `GET`. */
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  /** The same for every attempt; the server's log has it too. */
  readonly requestId: string | undefined;
  /** Which attempt it is, counted from 1. */
  readonly attempt: number;
}

/** Told what a client does, to count, trace or log it. They must not throw: it would count as a lost answer. */
export interface ClientHooks {
  /** A request goes out. */
  readonly onRequest?: ((request: RequestAttempt) => void) | undefined;
  /** It was answered, be it with an error; `durationMs` is the time until its body was here. */
  readonly onResponse?:
    | ((request: RequestAttempt, answer: { readonly status: number; readonly durationMs: number }) => void)
    | undefined;
  /** It will be sent again after the delay; `status` is null when it was not answered. */
  readonly onRetry?:
    | ((request: RequestAttempt, retry: { readonly status: number | null; readonly delayMs: number }) => void)
    | undefined;
  /** The call ends without an answer. */
  readonly onError?: ((request: RequestAttempt, error: MemlaneError) => void) | undefined;
}

/** Where a client writes what it does; `console` fits. */
export interface Logger {
  /** What went as it should. */
  readonly debug: (message: string, fields: object) => void;
  /** What did not: a retry, or a call without an answer. */
  readonly warn: (message: string, fields: object) => void;
}

/** The hooks, and a logger beside them: answers are for debugging, retries and failures a warning. */
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
